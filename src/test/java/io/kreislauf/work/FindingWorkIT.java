package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Page;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.testing.QueryPlan;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of tasks, over ten thousand open projects that pay in a currency of their own. */
@QuarkusTest
class FindingWorkIT {

    private static final int PROJECTS = 10_000;
    private static final String CURRENCY = "XTS";
    private static final TaskFilter ALL = new TaskFilter(CURRENCY, null, null, null, false, false);

    @Inject
    DataSource dataSource;

    @Inject
    DatabaseClock clock;

    @Inject
    Sweeping sweeping;

    @BeforeAll
    static void tenThousandProjects() throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        run("""
                insert into project (organisation_id, title, purpose, form, currency, pay_rule, reward_minor, estimate_millis, labels_wanted, state,
                                     listed_minor_per_hour, languages, regions, content_warning, published_at)
                select '%s', 'Project ' || n, case n %% 100 when 0 then 'To find weeds in fields' else 'To test' end, '%s', '%s', 'piece', 1 + n %% 500, 60000, 1,
                       'published', (1 + n %% 500) * 60, case n %% 3 when 0 then array['de'] end, case n %% 5 when 0 then array['DE'] end,
                       case n %% 7 when 0 then 'Violence' end, clock_now()
                  from generate_series(1, %d) n
                """.formatted(organisation, WorkFixture.FORM, CURRENCY, PROJECTS));
        run("insert into item (project_id, external_key, content) select project_id, 'k', '{\"text\": \"x\"}' from project where currency = '%s'".formatted(CURRENCY));
        run("""
                insert into slot (project_id, item_id, ordinal, state) select i.project_id, i.item_id, n, 'open'
                  from item i join project p using (project_id) cross join generate_series(1, 3) n where p.currency = '%s'
                """.formatted(CURRENCY));
        run("""
                insert into pace (project_id, submissions, timed, reserve_left_minor, reserve_exhausted, computed_at)
                select project_id, 0, 0, 0, false, clock_now() from project where currency = '%s' on conflict (project_id) do nothing
                """.formatted(CURRENCY));
        run("analyze project, item, slot, pace, own_pace");
    }

    /** Nobody's money stands behind them, so they must not stay for the audits of other tests. */
    @AfterAll
    static void theirProjectsGo() throws SQLException {
        String theirs = " where project_id in (select project_id from project where currency = '%s')".formatted(CURRENCY);
        for (String table : List.of("slot", "item", "pace", "own_pace")) {
            run("delete from " + table + theirs);
        }
        run("delete from project where currency = '%s'".formatted(CURRENCY));
    }

    private static void run(String sql) throws SQLException {
        try (var owner = TestDatabase.asOwner(); var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Caller caller(TestPerson person) {
        return new Caller(person.personId(), null, Set.of("annotator"));
    }

    @Test
    void aPageOfTenThousandOpenProjectsIsOneStatementThatReadsLittleMoreThanThePage() throws Exception {
        TestPerson anna = TestPeople.annotator("KE");
        AtomicInteger statements = new AtomicInteger();
        FindingWork finding = new FindingWork(counting(statements), clock);
        Page<FindingWork.Task> page = finding.list(caller(anna), ALL, null, 50);
        assertEquals(50, page.items().size());
        assertEquals(1, statements.get(), "statements for a page");
        for (TaskFilter filter : List.of(ALL, new TaskFilter(CURRENCY, 6_000L, null, null, true, true), new TaskFilter(CURRENCY, null, "weeds", "de", false, false))) {
            for (String after : new String[] {null, page.next()}) {
                TaskCursor cursor = after == null ? new TaskCursor(CURRENCY, Long.MAX_VALUE, TaskCursor.LAST_ID) : TaskCursor.read(after);
                QueryPlan plan = plan(filter, TaskRows.values(anna.personId(), 1, filter, CURRENCY, cursor.minorPerHour(), cursor.projectId(), 51));
                List<JsonNode> nodes = plan.nodes();
                assertTrue(plan.uses("project_listed"), plan::toString);
                assertFalse(nodes.stream().anyMatch(node -> node.path("Node Type").asText().equals("Seq Scan")
                        && node.path("Actual Rows").asDouble() + node.path("Rows Removed by Filter").asDouble() > 1_000), plan::toString);
                assertFalse(nodes.stream().anyMatch(node -> node.path("Node Type").asText().equals("Sort") && node.path("Actual Rows").asDouble() > 60), plan::toString);
                if (filter.text() == null) {
                    double read = nodes.stream().filter(node -> "project_listed".equals(node.path("Index Name").asText()))
                            .mapToDouble(node -> node.path("Actual Rows").asDouble() + node.path("Rows Removed by Filter").asDouble()).sum();
                    assertTrue(read < 500, () -> read + " index rows for a page of 50: " + plan);
                }
                System.out.printf("10,000 open projects, %s, %s page: %.1f ms, %d pages of memory%n", filter, after == null ? "first" : "second",
                        plan.told().path("Execution Time").asDouble(), plan.top().path("Shared Hit Blocks").asLong());
            }
        }
    }

    private DataSource counting(AtomicInteger statements) {
        return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
            Connection connection = dataSource.getConnection();
            return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, (inner, called, given) -> {
                if (called.getName().equals("prepareStatement")) {
                    statements.incrementAndGet();
                }
                try {
                    return called.invoke(connection, given);
                } catch (InvocationTargetException failure) {
                    throw failure.getCause();
                }
            });
        });
    }

    private static QueryPlan plan(TaskFilter filter, Object[] values) throws Exception {
        try (Connection connection = TestDatabase.asApplication();
             PreparedStatement explain = connection.prepareStatement(QueryPlan.EXPLAIN + TaskRows.statement(filter, 51))) {
            for (int i = 0; i < values.length; i++) {
                explain.setObject(i + 1, values[i]);
            }
            return QueryPlan.of(explain);
        }
    }

    @Test
    void thePagesHoldEachProjectOnceTheBestPaidFirst() throws SQLException {
        TestPerson anna = TestPeople.annotator("KE");
        run("insert into own_pace select '%s', project_id, 17 from project where currency = '%s' and title in ('Project 499', 'Project 999')"
                .formatted(anna.personId(), CURRENCY));
        Set<String> seen = new HashSet<>();
        List<Long> wages = new ArrayList<>();
        String next = null;
        do {
            JsonPath page = as(anna).queryParam("currency", CURRENCY).queryParam("limit", 200).queryParam("after", next == null ? "" : next).get("/api/tasks")
                    .then().statusCode(200).extract().jsonPath();
            page.<String>getList("items.projectId").forEach(id -> assertTrue(seen.add(id), "twice in the list"));
            page.<Number>getList("items.rankedMinorPerHour").forEach(wage -> wages.add(wage.longValue()));
            next = page.getString("next");
        } while (next != null);
        assertEquals(PROJECTS, seen.size());
        assertEquals(wages.stream().sorted(Comparator.reverseOrder()).toList(), wages);
        assertEquals(List.of(17L, 17L), wages.subList(PROJECTS - 2, PROJECTS), "one's own wage ranks before what others get");
    }

    @Test
    void filtersLeaveOutWhatOneDoesNotWant() throws SQLException {
        TestPerson anna = TestPeople.annotator("KE");
        as(anna).queryParam("currency", CURRENCY).queryParam("minMinorPerHour", 29_000).queryParam("limit", 200).get("/api/tasks").then().statusCode(200)
                .body("items.findAll { it.rankedMinorPerHour < 29000 }", hasSize(0)).body("items[0].rankedBy", equalTo("ADVERTISED"));
        as(anna).queryParam("currency", CURRENCY).queryParam("text", "WEEDS in").get("/api/tasks").then().statusCode(200)
                .body("items", hasSize(50)).body("items.purpose", everyItem(containsString("weeds")));
        as(anna).queryParam("currency", CURRENCY).queryParam("language", "de").get("/api/tasks").then().statusCode(200)
                .body("items.findAll { it.lacks.isEmpty() }", hasSize(0)).body("items[0].lacks[0].what", equalTo("de"));
        as(anna).queryParam("currency", CURRENCY).queryParam("withoutWarning", true).queryParam("mayDo", true).queryParam("limit", 200).get("/api/tasks").then()
                .body("items", hasSize(200)).body("items.findAll { it.contentWarning != null || !it.lacks.isEmpty() || it.available == 0 }", hasSize(0));
        as(anna).queryParam("minMinorPerHour", 5).get("/api/tasks").then().statusCode(422).body("field", equalTo("minMinorPerHour"));
        as(anna).queryParam("after", "nonsense").get("/api/tasks").then().statusCode(422).body("field", equalTo("after"));
        assertTrue(as(anna).get("/api/tasks/currencies").then().statusCode(200).extract().jsonPath().<String>getList("$").contains(CURRENCY));
    }

    @Test
    void currenciesComeOneAfterTheOther() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath page = as(anna).queryParam("text", "o").queryParam("limit", 1).get("/api/tasks").then().statusCode(200).extract().jsonPath();
        Set<String> currencies = new HashSet<>();
        for (int turn = 0; turn < 400 && currencies.size() < 2 && page.getString("next") != null; turn++) {
            currencies.addAll(page.getList("items.currency"));
            page = as(anna).queryParam("limit", 200).queryParam("after", page.getString("next")).get("/api/tasks").then().statusCode(200).extract().jsonPath();
        }
        currencies.addAll(page.getList("items.currency"));
        assertTrue(currencies.containsAll(Set.of("USD", CURRENCY)), currencies.toString());
        assertEquals("USD", as(anna).get("/api/tasks/{id}", work.projectId).then().extract().path("currency"));
    }

    @Test
    void whatIsShownBeforeAClaimFollowsTheRealPace() throws SQLException {
        var work = new WorkFixture(3, "\"estimateSeconds\": 30");
        TestPerson anna = TestPeople.annotator("KE");
        work.claim(anna, 1).statusCode(201).body("claims[0].estimateMillis", equalTo(30_000)).body("claims[0].advertisedMinorPerHour", equalTo(3000));
        run("update pace set median_millis = 60000 where project_id = '%s'".formatted(work.projectId));
        run("""
                insert into pace (project_id, submissions, timed, q1_millis, median_millis, q3_millis, reserve_left_minor, reserve_exhausted, computed_at)
                values ('%s', 5, 5, 50000, 60000, 70000, 0, false, clock_now()) on conflict (project_id) do update set median_millis = 60000
                """.formatted(work.projectId));
        work.claim(anna, 1).statusCode(201).body("claims[0].estimateMillis", equalTo(60_000)).body("claims[0].advertisedMinorPerHour", equalTo(1500));
        as(anna).get("/api/tasks/{id}", work.projectId).then().body("advertisedMinorPerHour", equalTo(3000)).body("advertisedNowMinorPerHour", equalTo(1500));
        as(work.requester).get("/api/projects/{id}/progress", work.projectId).then().statusCode(200).body("medianMillis", equalTo(60_000))
                .body("advertisedNowMinorPerHour", equalTo(1500)).body("noticeCode", equalTo("ESTIMATE_TOO_SHORT")).body("notice", containsString("longer"));
    }

    @Test
    void consentToAnOlderTextDoesNotCount() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.person("annotator", null);
        run("insert into consent (person_id, version, decision) values ('%s', 0, 'agreed')".formatted(anna.personId()));
        as(anna).get("/api/tasks/{id}", work.projectId).then().statusCode(200).body("lacks.code", equalTo(List.of("CONSENT_REQUIRED")));
        work.claim(anna, 1).statusCode(409).body("code", equalTo("CONSENT_REQUIRED"));
    }
}
