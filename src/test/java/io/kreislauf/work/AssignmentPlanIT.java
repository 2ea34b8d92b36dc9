package io.kreislauf.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.QueryPlan;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Assignments, accuracy on known answers, declared time and for whom one works among thousands of rows: read through their indexes, and no more than what is asked for. Rows that
 * nobody's work stands behind are made and looked at in one transaction that is rolled back.
 */
@QuarkusTest
class AssignmentPlanIT {

    private static final int ITEMS = 20_000;
    private static final int ANNOTATORS = 40;
    private static final int EACH = 1_000;
    private static final int GOLD = 200;

    private static final UUID FIRST = new UUID(0, 0);

    @Test
    void whatIsAskedForIsReadAndNoMore() throws Exception {
        var work = new WorkFixture(1, "\"itemsNamedBy\": \"requester\", \"labelsWanted\": 1");
        UUID anna = TestPeople.annotator("KE").personId();
        try (Connection connection = TestDatabase.asSuperuser(); var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local session_replication_role = replica");
            sql.execute("""
                    create temporary table made on commit drop as
                    select uuidv7() as item_id, n from generate_series(1, %2$d) n;
                    insert into item (item_id, project_id, external_key, content, gold)
                    select item_id, '%1$s', 'made' || n, '{}', case when n <= %3$d then cast('{"sentiment": "pos"}' as jsonb) end from made;
                    insert into slot (project_id, item_id, ordinal, state) select '%1$s', item_id, 1, 'open' from made;
                    create temporary table person_made on commit drop as
                    select case when a = 1 then cast('%4$s' as uuid) else gen_random_uuid() end as annotator_id, a from generate_series(1, %5$d) a;
                    insert into item_assignment (project_id, annotator_id, item_id)
                    select '%1$s', p.annotator_id, m.item_id from person_made p join made m on (m.n + p.a * 400) %% %2$d < %6$d;
                    insert into claim (slot_id, project_id, item_id, annotator_id, state, lease_until, deadline_at, due_at, reward_minor, estimate_millis, form_version)
                    select gen_random_uuid(), '%1$s', m.item_id, p.annotator_id, 'submitted', clock_now(), clock_now(), clock_now(), 1, 1, 1
                      from person_made p join made m on (m.n + p.a * 400) %% %2$d < %6$d / 2 or m.n <= %3$d;
                    insert into submission (claim_id, slot_id, project_id, item_id, annotator_id, answer, form_version, submitted_at, effective_at, reward_minor, review_until)
                    select claim_id, slot_id, project_id, item_id, annotator_id, '{"sentiment": "pos"}', 1, clock_now(), clock_now(), 1, clock_now()
                      from claim where project_id = '%1$s'
                    """.formatted(work.projectId, ITEMS, GOLD, anna, ANNOTATORS, EACH));
            String organisation = "(select organisation_id from project where project_id = '%s')".formatted(work.projectId);
            sql.execute("insert into pseudonym (organisation_id, person_id) select %s, annotator_id from person_made on conflict do nothing".formatted(organisation));
            sql.execute("analyze pseudonym, item, slot, item_assignment, claim, submission");
            String project = "'%s'".formatted(work.projectId);
            QueryPlan page = plan(connection, AssigningItems.ASSIGNEES, organisation, "'%s'".formatted(FIRST), project, "6", project);
            assertEquals(6, page.top().path("Actual Rows").asInt(), page::toString);
            assertTrue(page.read("item_assignment") <= 7 * EACH, () -> "only those of a page: " + page);
            QueryPlan listed = plan(connection, AssigningItems.LISTED, "'%s'".formatted(anna), project, "'%s'".formatted(anna), "'%s'".formatted(FIRST), "51");
            assertTrue(listed.read("item_assignment") <= 60 && listed.read("item") <= 60, listed::toString);
            QueryPlan claimed = plan(connection, ClaimSql.CLAIM_ASSIGNED.substring(ClaimSql.BEFORE.length()), "'%s'".formatted(anna), "1", "3", project);
            assertEquals(3, claimed.top().path("Actual Rows").asInt(), claimed::toString);
            assertTrue(claimed.read("item_assignment") <= EACH && claimed.read("item") <= 10, claimed::toString);
            QueryPlan gold = plan(connection, MeasuringGold.COUNTED, project);
            assertEquals(ANNOTATORS, gold.top().path("Actual Rows").asInt(), gold::toString);
            assertTrue(gold.read("item") <= GOLD, gold::toString);
            for (QueryPlan plan : List.of(page, listed, claimed, gold)) {
                assertFalse(plan.nodes().stream().anyMatch(node -> node.path("Node Type").asText().equals("Seq Scan")
                                && node.path("Actual Rows").asDouble() + node.path("Rows Removed by Filter").asDouble() > 1_000), plan::toString);
            }
            connection.rollback();
        }
    }

    @Test
    void whatOneDeclaredAndForWhomOneWorksIsReadAmongManyWithoutReadingThem() throws Exception {
        var work = new WorkFixture(1, "");
        String anna = "'%s'".formatted(TestPeople.annotator("KE").personId());
        try (Connection connection = TestDatabase.asSuperuser(); var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local session_replication_role = replica");
            sql.execute("""
                    insert into declaration (annotator_id, project_id, claim_id, source, asked_millis, state, declared_at)
                    select gen_random_uuid(), '%1$s', gen_random_uuid(), 'log', 1, 'approved', clock_now() from generate_series(1, %2$d);
                    insert into declaration (annotator_id, project_id, source, asked_millis, state, declared_at)
                    select gen_random_uuid(), gen_random_uuid(), 'correction', 1, 'pending', clock_now() from generate_series(1, %2$d);
                    insert into declaration (annotator_id, project_id, source, asked_millis, state, declared_at) values (%3$s, '%1$s', 'correction', 1, 'pending', clock_now());
                    insert into claim (slot_id, project_id, item_id, annotator_id, state, lease_until, deadline_at, due_at, reward_minor, estimate_millis, form_version)
                    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'submitted', clock_now(), clock_now(), clock_now(), 1, 1, 1
                      from generate_series(1, %2$d);
                    insert into submission (claim_id, slot_id, project_id, item_id, annotator_id, answer, form_version, submitted_at, effective_at, reward_minor, review_until)
                    select claim_id, slot_id, project_id, item_id, annotator_id, '{}', 1, clock_now(), clock_now(), 1, clock_now()
                      from claim c where not exists (select from submission s where s.claim_id = c.claim_id);
                    analyze declaration, claim, submission
                    """.formatted(work.projectId, ITEMS, anna));
            String project = "'%s'".formatted(work.projectId);
            QueryPlan own = plan(connection, Correcting.OWN, anna, "null", "null", "51");
            QueryPlan pending = plan(connection, Correcting.PENDING, project, "null", "null", "51");
            QueryPlan worksFor = plan(connection, TimeRows.WORKS_FOR, project, anna);
            assertEquals(1, own.top().path("Actual Rows").asInt(), own::toString);
            assertEquals(1, pending.top().path("Actual Rows").asInt(), pending::toString);
            for (QueryPlan plan : List.of(own, pending, worksFor)) {
                assertTrue(plan.read("declaration") <= 2 && plan.read("claim") <= 2 && plan.read("submission") <= 2, plan::toString);
            }
            connection.rollback();
        }
    }

    private static QueryPlan plan(Connection connection, String question, String... values) throws Exception {
        AtomicInteger at = new AtomicInteger();
        String asked = Pattern.compile("\\?").matcher(question).replaceAll(found -> values[at.getAndIncrement()]);
        try (var explain = connection.createStatement()) {
            return QueryPlan.of(explain, asked);
        }
    }
}
