package io.kreislauf.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.testing.QueryPlan;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A claim among 10^5 open slots takes the next ones from the index, whether PostgreSQL knows of the new rows yet or not. */
@QuarkusTest
class ClaimPlanIT {

    private static final int ITEMS = 20_000;
    private static final int BUFFERS_MAX = 400;

    @Test
    void theClaimStatementUsesItsIndexAtAHundredThousandSlots() throws Exception {
        WorkFixture work = new WorkFixture(ITEMS, "\"labelsWanted\": 5, \"rewardMinor\": 1");
        TestPerson annotator = TestPeople.annotator("KE");
        assertEquals(5L * ITEMS, work.slots().get("open"));
        for (String planning : List.of("force_custom_plan", "force_generic_plan")) {
            assertIndexed(plan(work, annotator, planning), planning + ", no statistics yet");
        }
        takeProjectsForSmall();
        for (String planning : List.of("force_custom_plan", "force_generic_plan")) {
            assertIndexed(plan(work, annotator, planning), planning + ", where projects seem to be small");
        }
        analyze();
        for (String planning : List.of("force_custom_plan", "force_generic_plan")) {
            assertIndexed(plan(work, annotator, planning), planning + ", with statistics");
        }
        assertIndexed(plan(work, annotator, "force_generic_plan", ClaimSql.CLAIM_SELECTED, ", 0"), "with rules");
        QueryPlan named = plan(work, annotator, "force_generic_plan", ClaimSql.CLAIM_NAMED, ", array['k77', 'k7777']");
        assertEquals(1, named.top().path("Actual Rows").asInt(), "as many as were wanted");
        assertReadsLittle(named, "by name");
    }

    @Test
    void theMostUrgentSlotsAreFoundByTheirIndex() throws Exception {
        WorkFixture work = new WorkFixture(ITEMS, "\"labelsWanted\": 2, \"rewardMinor\": 1, \"claimOrder\": \"least_confident\"");
        TestPerson annotator = TestPeople.annotator("KE");
        analyze();
        QueryPlan urgent = plan(work, annotator, "force_generic_plan", ClaimSql.CLAIM_SELECTED_URGENT, "");
        assertEquals(1, urgent.top().path("Actual Rows").asInt(), urgent::toString);
        assertReadsLittle(urgent, "by urgency");
    }

    /** As if there were ten thousand projects of a few slots each beside this one. */
    private static void takeProjectsForSmall() throws SQLException {
        try (Connection owner = TestDatabase.asOwner()) {
            owner.createStatement().execute("""
                    select pg_restore_attribute_stats('schemaname', 'public', 'relname', 'slot', 'attname', 'project_id', 'inherited', false, 'version', 180000,
                                                      'null_frac', 0::real, 'avg_width', 16, 'n_distinct', (-0.5)::real)
                    """);
        }
    }

    private static void analyze() throws SQLException {
        try (Connection owner = TestDatabase.asOwner()) {
            owner.createStatement().execute("analyze slot, claim, item");
        }
    }

    private static void assertIndexed(QueryPlan plan, String when) {
        assertTrue(plan.uses("slot_open"), () -> when + ": " + plan);
        assertFalse(plan.nodes().stream().anyMatch(node -> "slot_open".equals(node.path("Index Name").asText()) && node.path("Actual Rows").asDouble() > 100),
                () -> when + " reads on after it has enough: " + plan);
        assertReadsLittle(plan, when);
    }

    private static void assertReadsLittle(QueryPlan plan, String when) {
        List<JsonNode> nodes = plan.nodes();
        for (String table : List.of("slot", "claim", "item", "person", "consent")) {
            assertFalse(nodes.stream().anyMatch(node -> node.path("Node Type").asText().equals("Seq Scan") && table.equals(node.path("Relation Name").asText())
                    && node.path("Actual Rows").asDouble() > 1_000), () -> when + " reads all of " + table + ": " + plan);
        }
        assertTrue(plan.buffers() < BUFFERS_MAX, () -> "%s touches %d pages: %s".formatted(when, plan.buffers(), plan));
    }

    /** What the statement did; its effects are rolled back. */
    private static QueryPlan plan(WorkFixture work, TestPerson annotator, String planning) throws SQLException, IOException {
        return plan(work, annotator, planning, ClaimSql.CLAIM_ANY, ", 0");
    }

    /** @param last what the statement is given beside annotator, consent, number and project */
    private static QueryPlan plan(WorkFixture work, TestPerson annotator, String planning, String question, String last) throws SQLException, IOException {
        AtomicInteger parameter = new AtomicInteger();
        String claim = Pattern.compile("\\?").matcher(question.substring(ClaimSql.BEFORE.length()))
                .replaceAll(found -> "\\$" + parameter.incrementAndGet());
        try (Connection connection = TestDatabase.asApplication(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(ClaimSql.BEFORE.replace("?", "'%s'".formatted(annotator.personId())));
            statement.execute("set local plan_cache_mode = " + planning);
            statement.execute("prepare claiming as " + claim);
            try {
                return QueryPlan.of(statement, "execute claiming ('%s', 1, 1, '%s'%s)".formatted(annotator.personId(), work.projectId, last));
            } finally {
                connection.rollback();
            }
        }
    }
}
