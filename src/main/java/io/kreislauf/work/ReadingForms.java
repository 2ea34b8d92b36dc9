package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Form;
import io.kreislauf.project.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;
import javax.sql.DataSource;

/** The form in the version that a claim names: a project may have a newer one by the time the task is shown. */
@ApplicationScoped
public class ReadingForms {

    private final DataSource dataSource;
    private final Projects projects;

    ReadingForms(DataSource dataSource, Projects projects) {
        this.dataSource = dataSource;
        this.projects = projects;
    }

    /** @throws Refusal NOT_FOUND unless the caller has or had a task with that version, or it is the own organisation's */
    @Transactional
    public Form read(Caller caller, UUID projectId, int version) {
        boolean mine = Sql.one(dataSource, Boolean.class, """
                select exists (select from claim c where c.annotator_id = ? and c.project_id = ? and c.form_version = ?
                                  and c.state in ('claimed', 'shown'))
                    or exists (select from claim c where c.annotator_id = ? and c.project_id = ? and c.form_version = ?
                                  and c.state in ('expired', 'lapsed'))
                    or exists (select from submission s where s.annotator_id = ? and s.project_id = ? and s.form_version = ?)
                    or exists (select from project p where p.project_id = ? and p.organisation_id = ?)
                """, caller.personId(), projectId, version, caller.personId(), projectId, version, caller.personId(), projectId, version,
                projectId, caller.organisationId()).orElseThrow();
        if (!mine) {
            throw Refusal.missing("form", projectId + "/" + version);
        }
        return projects.form(projectId, version);
    }
}
