package io.kreislauf.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.kreislauf.people.Skills;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Rows of projects and of the versions of their forms. A row is read as one JSON object, so that columns match by name. */
@ApplicationScoped
class ProjectRows {

    private static final String SETTINGS = """
            title, purpose, content_warning, guidelines, examples, form, currency, pay_rule, reward_minor, estimate_millis,
            labels_wanted, labels_max, floor_minor_per_hour, reserve_minor, idle_millis, deadline_millis, lease_millis,
            prefetch_limit, review_days, appeal_days, regions, languages, train_share_percent, origin, log_name, claim_order,
            share_percent_max, exposure_minutes_max, skills, extra_pay, gold_percent, items_named_by, rest_after_minutes,
            rest_minutes, listed_minor_per_hour
            """;
    private static final String FROM_DRAFT = """
            select title, purpose, content_warning, guidelines, examples, form, currency, pay_rule, reward_minor,
                   estimate_seconds * 1000, labels_wanted, labels_max, floor_minor_per_hour, reserve_minor, idle_seconds * 1000,
                   deadline_minutes * 60000, lease_minutes * 60000, prefetch_limit, review_days, appeal_days, regions, languages,
                   train_share_percent, origin, log_name, claim_order, share_percent_max, exposure_minutes_max, nullif(skills, 'null'), extra_pay,
                   gold_percent, items_named_by, rest_after_minutes, rest_minutes,
                   case pay_rule when 'piece' then (reward_minor + cast(extra_pay ->> 'hazard_minor' as bigint)) * 3600 / estimate_seconds
                                 when 'hour' then reward_minor + cast(extra_pay ->> 'hazard_minor' as bigint) * 3600 / estimate_seconds else 0 end
              from jsonb_to_record(cast(:draft as jsonb)) as d(
                   title text, purpose text, content_warning text, guidelines text, examples jsonb, form jsonb, currency text,
                   pay_rule text, reward_minor bigint, estimate_seconds bigint, labels_wanted int, labels_max int,
                   floor_minor_per_hour bigint, reserve_minor bigint, idle_seconds bigint, deadline_minutes bigint,
                   lease_minutes bigint, prefetch_limit int, review_days int, appeal_days int, regions text[], languages text[],
                   train_share_percent int, origin text, log_name text, claim_order text, share_percent_max int,
                   exposure_minutes_max int, skills jsonb, extra_pay jsonb, gold_percent int, items_named_by text,
                   rest_after_minutes int, rest_minutes int)
            """;

    private final StatelessSession session;
    private final ObjectMapper bySnakeCase;

    ProjectRows(StatelessSession session, ObjectMapper json) {
        this.session = session;
        this.bySnakeCase = json.copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    UUID insert(UUID organisationId, ProjectDraft draft) {
        UUID projectId = session.createNativeQuery("insert into project (organisation_id, " + SETTINGS + ") select :organisation, d.* from ("
                        + FROM_DRAFT + ") d returning project_id", UUID.class)
                .setParameter("organisation", organisationId)
                .setParameter("draft", written(draft))
                .getSingleResult();
        keepForm(projectId);
        return projectId;
    }

    /** Replaces the settings; a form that changes after publishing becomes a new version. */
    void update(UUID projectId, ProjectDraft draft, int formVersion) {
        session.createNativeMutationQuery("update project set (" + SETTINGS + ", form_version) = (select d.*, :version from (" + FROM_DRAFT
                        + ") d) where project_id = :project")
                .setParameter("project", projectId)
                .setParameter("version", formVersion)
                .setParameter("draft", written(draft))
                .executeUpdate();
        keepForm(projectId);
    }

    private void keepForm(UUID projectId) {
        session.createNativeMutationQuery("""
                        insert into project_form (project_id, version, form)
                        select project_id, form_version, form from project where project_id = :project
                        on conflict (project_id, version) do update set form = excluded.form
                        """)
                .setParameter("project", projectId)
                .executeUpdate();
    }

    /** Replaces what an annotator has to hold. */
    void need(UUID projectId, List<Skills.Level> levels) {
        session.createNativeMutationQuery("delete from project_skill where project_id = :project").setParameter("project", projectId).executeUpdate();
        for (Skills.Level needed : levels) {
            session.createNativeMutationQuery("insert into project_skill (project_id, skill_id, level) values (:project, :skill, :level)")
                    .setParameter("project", projectId).setParameter("skill", needed.skillId()).setParameter("level", needed.level())
                    .executeUpdate();
        }
    }

    /** Of a project that is no draft. */
    Optional<Selection> selection(UUID projectId) {
        return session.createNativeQuery("""
                        select selective, claim_order <> 'random', items_named_by from project where project_id = :project and state <> 'draft'
                        """, Selection.class)
                .setParameter("project", projectId)
                .uniqueResultOptional();
    }

    Optional<Project> find(UUID organisationId, UUID projectId) {
        return session.createNativeQuery("""
                        select cast(to_jsonb(p) as text) from project p
                         where project_id = :project and organisation_id = :organisation
                        """, String.class)
                .setParameter("project", projectId).setParameter("organisation", organisationId)
                .uniqueResultOptional().map(this::read);
    }

    /** Also keeps every other change of the project waiting until the transaction ends. */
    Optional<Project> findLocked(UUID organisationId, UUID projectId) {
        return session.createNativeQuery("""
                        select cast(to_jsonb(p) as text) from project p
                         where project_id = :project and organisation_id = :organisation for no key update
                        """, String.class)
                .setParameter("project", projectId).setParameter("organisation", organisationId)
                .uniqueResultOptional().map(this::read);
    }

    Optional<Project> find(UUID projectId) {
        return find(projectId, "");
    }

    /** Projects that are over and still hold something. */
    List<UUID> overAndHolding() {
        return session.createNativeQuery("""
                        select p.project_id from project p
                         where p.state in ('closed', 'cancelled')
                           and exists (select from ledger_guard g where g.book_id = p.organisation_id and g.commodity = p.currency
                                          and g.account in ('ESCROW:' || p.project_id, 'ESCROW:' || p.project_id || ':reserve')
                                        group by g.account having sum(g.amount) > 0)
                        """, UUID.class).getResultList();
    }

    /** Keeps every change of the project waiting until the transaction ends; whether it is over. */
    boolean lockOver(UUID projectId) {
        return session.createNativeQuery("select state in ('closed', 'cancelled') from project where project_id = :project for no key update", Boolean.class)
                .setParameter("project", projectId).getSingleResult();
    }

    /** Also keeps every other change of the project waiting until the transaction ends. */
    Optional<Project> findLocked(UUID projectId) {
        return find(projectId, " for no key update");
    }

    private Optional<Project> find(UUID projectId, String lock) {
        return session.createNativeQuery("select cast(to_jsonb(p) as text) from project p where project_id = :project" + lock, String.class)
                .setParameter("project", projectId)
                .uniqueResultOptional().map(this::read);
    }

    /** Newest first; {@code before} null: from the newest. */
    List<Project> page(UUID organisationId, UUID before, int rows) {
        return session.createNativeQuery("""
                        select cast(to_jsonb(p) as text) from project p
                         where organisation_id = :organisation and (cast(:before as uuid) is null or project_id < :before)
                         order by project_id desc limit :rows
                        """, String.class)
                .setParameter("organisation", organisationId).setParameter("before", before, UUID.class).setParameter("rows", rows)
                .getResultList().stream().map(this::read).toList();
    }

    Optional<Form> form(UUID projectId, int version) {
        return session.createNativeQuery("select cast(form as text) from project_form where project_id = :project and version = :version", String.class)
                .setParameter("project", projectId).setParameter("version", version)
                .uniqueResultOptional().map(form -> read(form, Form.class));
    }

    void become(UUID projectId, ProjectState state, Instant at) {
        session.createNativeMutationQuery("""
                        update project
                           set state = :state,
                               published_at = case when :state = 'published' then coalesce(published_at, :at) else published_at end,
                               closed_at = case when :state in ('closed', 'cancelled') then :at else closed_at end
                         where project_id = :project
                        """)
                .setParameter("state", state.text()).setParameter("at", at).setParameter("project", projectId)
                .executeUpdate();
    }

    /** Counts slots that were made. */
    void slotsMade(UUID projectId, long made) {
        session.createNativeMutationQuery("update project set slot_count = slot_count + :made where project_id = :project")
                .setParameter("made", made).setParameter("project", projectId)
                .executeUpdate();
    }

    /** Raises labels and reserve. */
    void extend(UUID projectId, int labelsWanted, Integer labelsMax, long reserveMore) {
        session.createNativeMutationQuery("""
                        update project set labels_wanted = :wanted, labels_max = :max, reserve_minor = reserve_minor + :reserve
                         where project_id = :project
                        """)
                .setParameter("wanted", labelsWanted).setParameter("max", labelsMax, Integer.class).setParameter("reserve", reserveMore)
                .setParameter("project", projectId)
                .executeUpdate();
    }

    private Project read(String row) {
        return read(row, Project.class);
    }

    private <T> T read(String row, Class<T> type) {
        try {
            return bySnakeCase.readValue(row, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A row of project cannot be read.", failure);
        }
    }

    private String written(ProjectDraft draft) {
        try {
            return bySnakeCase.writeValueAsString(draft);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A draft cannot be written.", failure);
        }
    }
}
