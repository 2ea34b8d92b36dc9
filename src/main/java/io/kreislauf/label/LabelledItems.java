package io.kreislauf.label;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.kreislauf.Page;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** What is agreed about the items of a project so far. */
@ApplicationScoped
public class LabelledItems {

    /**
     * @param answer    the most frequent value of each question that is not tied; missing if there is none
     * @param tied      the most frequent values of each tied question; missing if none is tied
     * @param counts    for each question, how often each value was chosen
     * @param agreement share of the labels that chose the most frequent value, 0 to 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LabelledItem(UUID itemId, String itemKey, @JsonRawValue String content, long labels, @JsonRawValue String answer,
                               @JsonRawValue String tied, @JsonRawValue String counts, Double agreement, boolean resolved) {}

    private final Projects projects;
    private final StatelessSession session;

    LabelledItems(Projects projects, StatelessSession session) {
        this.projects = projects;
        this.session = session;
    }

    /** In the order of import, items without labels included. */
    public Page<LabelledItem> of(Caller caller, UUID projectId, UUID after, Integer limit) {
        projects.own(caller, projectId);
        int rows = Page.limit(limit);
        return Page.of(session.createNativeQuery("""
                        select i.item_id, i.external_key, cast(i.content as text), coalesce(l.labels, 0), cast(l.answer as text),
                               cast(l.tied as text), cast(l.counts as text), cast(l.agreement as double precision), coalesce(l.resolved, false)
                          from item i left join item_label l using (item_id)
                         where i.project_id = :project and (cast(:after as uuid) is null or i.item_id > :after)
                         order by i.item_id limit :rows
                        """, LabelledItem.class)
                .setParameter("project", projectId).setParameter("after", after, UUID.class).setParameter("rows", rows + 1)
                .getResultList(), rows, LabelledItem::itemId);
    }
}
