package io.kreislauf.work;

import io.kreislauf.people.Skills;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of tests, their tasks and the attempts at them. */
final class QualificationRows {

    record Begun(UUID attemptId, UUID projectId, String title, String guidelines, String form, Instant begunAt) {}

    record Attempt(UUID attemptId, UUID qualificationId, UUID projectId, Integer rightCount, Boolean passed, UUID skillId, int level, String skill,
                   String levelName, String form, int thresholdPercent, int triesMax, long tasks) {}

    private static final String OWN = """
            select q.qualification_id, q.title, k.name, k.levels[q.level], q.threshold_percent, q.tries_max,
                   (select count(*) from qualification_task t where t.qualification_id = q.qualification_id), q.open, a.handed_in, a.passed, q.created_at
              from qualification q join skill k using (skill_id)
             cross join lateral (select count(*) filter (where ended_at is not null) as handed_in, count(*) filter (where passed) as passed
                                   from qualification_attempt a where a.qualification_id = q.qualification_id) a
             where q.organisation_id = ?
            """;

    /** The newest published project that asks for the skill at a level that {@code q} gives. */
    private static final String ASKING = """
            (select n.project_id from project_skill n join project p on p.project_id = n.project_id
              where n.skill_id = q.skill_id and n.level <= q.level and p.state = 'published' and (cast(? as uuid) is null or n.project_id = ?)
              order by n.project_id desc limit 1)""";

    private final DataSource dataSource;

    QualificationRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    UUID insert(UUID organisationId, Skills.Level level, SettingQualification.Test test) {
        UUID id = Sql.one(dataSource, UUID.class, """
                insert into qualification (organisation_id, skill_id, level, title, guidelines, form, threshold_percent, tries_max)
                values (?, ?, ?, ?, ?, cast(? as jsonb), ?, ?) returning qualification_id
                """, organisationId, level.skillId(), level.level(), test.title().strip(), test.guidelines() == null ? "" : test.guidelines(),
                AnswerJson.written(test.form()), test.thresholdPercent(), test.triesMax() == null ? 3 : test.triesMax()).orElseThrow();
        Sql.run(dataSource, """
                insert into qualification_task (qualification_id, ordinal, content, answer)
                select ?, t.ordinal, cast(t.content as jsonb), cast(t.answer as jsonb)
                  from unnest(cast(? as text[]), cast(? as text[])) with ordinality as t(content, answer, ordinal)
                """, id, test.tasks().stream().map(task -> task.content().toString()).toArray(String[]::new),
                test.tasks().stream().map(task -> task.answer().toString()).toArray(String[]::new));
        return id;
    }

    Optional<SettingQualification.Qualification> own(UUID organisationId, UUID qualificationId) {
        return Sql.one(dataSource, SettingQualification.Qualification.class, OWN + " and q.qualification_id = ?", organisationId, qualificationId);
    }

    List<SettingQualification.Qualification> page(UUID organisationId, UUID before, int rows) {
        return Sql.list(dataSource, SettingQualification.Qualification.class, OWN + """
                 and (cast(? as uuid) is null or q.qualification_id < ?) order by q.qualification_id desc limit ?
                """, organisationId, before, before, rows);
    }

    void close(UUID organisationId, UUID qualificationId) {
        Sql.run(dataSource, "update qualification set open = false where organisation_id = ? and qualification_id = ?", organisationId, qualificationId);
    }

    /** Makes what one person begins come one after the other. */
    void lock(UUID personId) {
        Sql.list(dataSource, Integer.class, ClaimRows.LOCK_ANNOTATOR + "select 1", personId.toString());
    }

    /** {@code qualificationId} null: all. */
    List<Qualifying.Offered> offered(UUID personId, UUID qualificationId) {
        return Sql.list(dataSource, Qualifying.Offered.class, """
                select * from (
                    select q.qualification_id, q.title, o.name, k.name as skill, case when cardinality(k.levels) > 1 then k.levels[q.level] end,
                           (select count(*) from qualification_task t where t.qualification_id = q.qualification_id), q.threshold_percent,
                           q.tries_max - (select count(*) from qualification_attempt a
                                           where a.person_id = ? and a.qualification_id = q.qualification_id and a.ended_at is not null),
                           %s as project_id
                      from qualification q join skill k using (skill_id) join organisation o on o.organisation_id = q.organisation_id
                     where q.open and (cast(? as uuid) is null or q.qualification_id = ?)
                       and not exists (select from skill_held h where h.person_id = ? and h.skill_id = q.skill_id and h.level >= q.level)) open_ones
                 where project_id is not null order by qualification_id desc limit 200
                """.formatted(ASKING), personId, null, null, qualificationId, qualificationId, personId);
    }

    /** The project, if it asks for what the test gives; {@code projectId} null: the newest that does. */
    Optional<UUID> asks(UUID projectId, UUID qualificationId) {
        return Sql.one(dataSource, UUID.class, "select %s from qualification q where q.qualification_id = ?".formatted(ASKING), projectId, projectId, qualificationId);
    }

    void begin(UUID personId, UUID qualificationId, UUID projectId) {
        Sql.run(dataSource, "insert into qualification_attempt (qualification_id, project_id, person_id) values (?, ?, ?)", qualificationId, projectId, personId);
    }

    Optional<Begun> begun(UUID personId, UUID qualificationId) {
        return Sql.one(dataSource, Begun.class, """
                select a.attempt_id, a.project_id, q.title, q.guidelines, cast(q.form as text), a.begun_at
                  from qualification_attempt a join qualification q using (qualification_id)
                 where a.person_id = ? and a.qualification_id = ? and a.ended_at is null
                """, personId, qualificationId);
    }

    List<Qualifying.Task> tasks(UUID qualificationId) {
        return Sql.list(dataSource, Qualifying.Task.class, """
                select ordinal, cast(content as text) from qualification_task where qualification_id = ? order by ordinal
                """, qualificationId);
    }

    /** The known answers, in the order of the tasks. */
    List<String> known(UUID qualificationId) {
        return Sql.list(dataSource, String.class, "select cast(answer as text) from qualification_task where qualification_id = ? order by ordinal",
                qualificationId);
    }

    /** One's own attempt, locked. */
    Optional<Attempt> attempt(UUID personId, UUID attemptId) {
        return Sql.one(dataSource, Attempt.class, """
                select a.attempt_id, a.qualification_id, a.project_id, a.right_count, a.passed, q.skill_id, q.level, k.name, k.levels[q.level],
                       cast(q.form as text), q.threshold_percent, q.tries_max,
                       (select count(*) from qualification_task t where t.qualification_id = q.qualification_id)
                  from qualification_attempt a join qualification q using (qualification_id) join skill k using (skill_id)
                 where a.attempt_id = ? and a.person_id = ? for no key update of a
                """, attemptId, personId);
    }

    void end(UUID attemptId, String answers, int right, boolean passed) {
        Sql.run(dataSource, """
                update qualification_attempt set ended_at = clock_now(), answers = cast(? as jsonb), right_count = ?, passed = ? where attempt_id = ?
                """, answers, right, passed, attemptId);
    }

    long handedIn(UUID personId, UUID qualificationId) {
        return Sql.one(dataSource, Long.class, """
                select count(*) from qualification_attempt where person_id = ? and qualification_id = ? and ended_at is not null
                """, personId, qualificationId).orElseThrow();
    }
}
