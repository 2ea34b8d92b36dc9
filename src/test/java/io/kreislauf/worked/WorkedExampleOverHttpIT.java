package io.kreislauf.worked;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.ledger.WorkedExample;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.work.Sweeping;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The worked example of the ledger's specification, done by thirty annotators, two organisations and an operator through the
 * front door, at dates of its own with the same days between. Each step books, summed over the annotators' books and over its
 * entries, account by account, the legs of the CSV.
 *
 * <p>What time alone does (a rejection becomes final, pay is brought up to its floor) the application's own
 * jobs do; the test says when they run, so that each falls on its day.
 */
@QuarkusTest
class WorkedExampleOverHttpIT {

    private static final int TASKS_EACH = 168;
    private static final int REJECTED_EACH = 8;
    private static final int CLAIMED_AT_ONCE = 6;
    private static final int ITEMS = ThirtyAnnotators.PEOPLE * TASKS_EACH;

    @Inject
    Scheduler scheduler;

    @Inject
    Sweeping sweeping;

    private LocalDate first;
    private UUID dataHouse;
    private UUID modelHouse;
    private Front maker;
    private Front modelMaker;
    private String project;
    private String qualification;
    private final Map<String, String> names = new HashMap<>();

    @Test
    void thirtyAnnotatorsBookTheLegsOfTheExample() throws Exception {
        scheduler.pause();
        try (var annotators = new ThirtyAnnotators()) {
            first = firstDay();
            advanceAndPublish();
            annotators.people().forEach(a -> names.put(a.personId.toString(), "W"));
            work(annotators);
            review(annotators);
            String version = release();
            train(buy(version));
        } finally {
            scheduler.resume();
        }
        assertEquals(expected(), booked());
    }

    /** The next day from which on the work falls into the middle of a month: its floor is computed once that is over. */
    private static LocalDate firstDay() {
        LocalDate day = TestClock.now().atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1);
        while (day.plusDays(42).getDayOfMonth() < 14 || day.plusDays(42).getDayOfMonth() > 20) {
            day = day.plusDays(1);
        }
        return day;
    }

    /** Lets time pass until the day on which the example, had it begun on this test's first day, does what it does on {@code exampleDay}. */
    private void until(String exampleDay) {
        Instant day = first.plusDays(ChronoUnit.DAYS.between(LocalDate.parse("2026-01-05"), LocalDate.parse(exampleDay))).atStartOfDay().toInstant(ZoneOffset.UTC);
        TestClock.advance(Duration.between(TestClock.now(), day).plusMillis(1));
    }

    /** Steps 1 to 3. */
    private void advanceAndPublish() throws SQLException {
        dataHouse = TestPeople.organisation("manufacturer");
        modelHouse = TestPeople.organisation("model-maker");
        names.put(dataHouse.toString(), "D");
        names.put(modelHouse.toString(), "A");
        maker = new Front(TestPeople.person("requester", dataHouse).token());
        modelMaker = new Front(TestPeople.person("requester", modelHouse).token());
        until("2026-01-05");
        deposit(dataHouse, 1_000_000);
        until("2026-01-12");
        Map.of("tooling", 240_000, "source", 50_000, "compute", 30_000).forEach((means, amount) -> buy(maker, means, amount));
        Map<String, Object> form = Map.of("questions", List.of(Map.of("name", "mood", "title", "Mood?", "choices",
                List.of(Map.of("value", "good", "title", "Good", "key", "1"), Map.of("value", "bad", "title", "Bad", "key", "2")))));
        maker.post("/api/skills", Map.of("name", "Moods", "levels", List.of("basic")));
        qualification = maker.post("/api/qualifications", Map.of("title", "Moods", "skill", "Moods", "level", "basic", "form", form, "thresholdPercent", 100,
                "triesMax", 1, "tasks", List.of(Map.of("content", Map.of("text", "Well"), "answer", Map.of("mood", "good"))))).get("qualificationId").asText();
        project = maker.post("/api/projects", Map.ofEntries(Map.entry("title", "Worked example"), Map.entry("purpose", "To be followed to the cent"),
                Map.entry("guidelines", "Read, then choose."), Map.entry("currency", "USD"), Map.entry("payRule", "piece"), Map.entry("rewardMinor", 25),
                Map.entry("estimateSeconds", 150), Map.entry("labelsWanted", 1), Map.entry("reserveMinor", 10_000), Map.entry("floorMinorPerHour", 420),
                Map.entry("prefetchLimit", CLAIMED_AT_ONCE), Map.entry("reviewDays", 14), Map.entry("appealDays", 14), Map.entry("leaseMinutes", 120),
                Map.entry("deadlineMinutes", 120), Map.entry("itemsNamedBy", "annotators"), Map.entry("form", form), Map.entry("skills", List.of(Map.of("skill", "Moods", "level", "basic"))))).get("projectId").asText();
        names.put(project, "project");
        maker.post("/api/projects/%s/items".formatted(project), "text/csv", IntStream.range(0, ITEMS).mapToObj(i -> "%s,Sentence %d".formatted(key(i), i))
                .collect(Collectors.joining("\n", "key,text\n", "\n")));
        until("2026-02-02");
        maker.post("/api/projects/%s/publish".formatted(project), Map.of());
    }

    private static void deposit(UUID organisation, long minor) throws SQLException {
        new Front(TestPeople.person("operator", null).token()).post("/api/organisations/%s/deposits".formatted(organisation),
                Map.of("currency", "USD", "amountMinor", minor, "bankReference", "w" + organisation));
    }

    private static void buy(Front buyer, String means, long minor) {
        buyer.post("/api/organisations/mine/means", Map.of("means", means, "currency", "USD", "amountMinor", minor, "character", "produced",
                "sector", "J62", "country", "US"));
    }

    private static String key(int item) {
        return "k%05d".formatted(item);
    }

    /** Steps 4 and 7: ten hours each. First a test that all pass; what one annotator gives back another one does later. */
    private void work(ThirtyAnnotators annotators) {
        until("2026-02-16");
        annotators.each(a -> a.beginTest(qualification, project));
        annotators.each(Annotator::look);
        annotators.spend(Duration.ofMinutes(30), a -> a.learn(project));
        annotators.each(Annotator::handInTest);
        annotators.spend(Duration.ofMinutes(110), a -> a.search(project));
        annotators.each(a -> a.claim(project, List.of(key((a.number + 1) % ThirtyAnnotators.PEOPLE * TASKS_EACH))));
        annotators.spend(Duration.ofMinutes(40), Annotator::work);
        annotators.each(Annotator::giveBack);
        for (int from = 0; from < TASKS_EACH; from += CLAIMED_AT_ONCE) {
            int begin = from;
            annotators.each(a -> a.claim(project, IntStream.range(begin, begin + CLAIMED_AT_ONCE).mapToObj(i -> key(a.number * TASKS_EACH + i)).toList()));
            for (int i = 0; i < CLAIMED_AT_ONCE; i++) {
                annotators.spend(Duration.ofSeconds(150), Annotator::work);
                annotators.each(Annotator::submit);
            }
        }
    }

    /** Steps 5, 6, 8 and 9. */
    private void review(ThirtyAnnotators annotators) throws SQLException {
        until("2026-02-23");
        Front reviewer = new Front(TestPeople.person("reviewer", dataHouse).token());
        annotators.each(a -> a.submissions.stream().limit(REJECTED_EACH).forEach(submission ->
                reviewer.post("/api/submissions/%s/reject".formatted(submission), Map.of("reason", "Read it again."))));
        assertEquals(ITEMS - ThirtyAnnotators.PEOPLE * REJECTED_EACH, reviewer.post("/api/projects/%s/approve-rest".formatted(project), Map.of())
                .get("approved").asInt());
        until("2026-03-02");
        deposit(modelHouse, 2_000_000);
        until("2026-03-09");
        TestClock.advance(Duration.ofMinutes(30));
        sweeping.decideBySilence();
        until("2026-03-10");
        sweeping.topUp();
        until("2026-03-13");
        JsonNode paid = maker.post("/api/payouts", Map.of("projectId", project));
        assertEquals(ThirtyAnnotators.PEOPLE, paid.get("people").asInt());
        assertEquals(126_000, paid.get("totalMinor").asLong());
    }

    /** Steps 10 and 11. */
    private String release() {
        until("2026-03-16");
        Map.of("tooling", 10_000, "source", 50_000, "compute", 30_000).forEach((means, amount) ->
                maker.post("/api/projects/%s/means-used".formatted(project), Map.of("kind", means, "amountMinor", amount)));
        int rows = ITEMS - ThirtyAnnotators.PEOPLE * REJECTED_EACH;
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
                assertEquals(rows, maker.get("/api/projects/%s/dataset".formatted(project)).get("rows").asInt()));
        String version = maker.post("/api/projects/%s/releases".formatted(project), Map.of("name", "Worked example", "licences", 2)).get("versionId").asText();
        names.put(version, "dataset");
        maker.post("/api/projects/%s/close".formatted(project), Map.of());
        return version;
    }

    /** Step 13. */
    private String buy(String version) {
        until("2026-04-01");
        String offer = maker.post("/api/licences/offers", Map.of("versionId", version, "buyerOrganisationId", modelHouse, "priceMinor", 420_000,
                "currency", "USD", "runsTotal", 2)).get("offerId").asText();
        String licence = modelMaker.post("/api/licences/offers/%s/accept".formatted(offer), Map.of()).get("licenceId").asText();
        names.put(licence, "licence");
        return licence;
    }

    /** Steps 14 to 18. */
    private void train(String licence) {
        until("2026-04-06");
        buy(modelMaker, "compute", 630_000);
        String model = modelMaker.post("/api/models", Map.of("name", "Model", "months", 24, "currency", "USD")).get("modelId").asText();
        names.put(model, "model");
        until("2026-04-20");
        modelMaker.post("/api/models/%s/labour".formatted(model), Map.of("declaredMillis", Duration.ofHours(120).toMillis(), "wagesMinor", 240_000));
        until("2026-04-27");
        modelMaker.post("/api/models/%s/runs".formatted(model), Map.of("licences", List.of(licence),
                "means", List.of(Map.of("kind", "compute", "amountMinor", 630_000))));
        until("2026-05-01");
        modelMaker.post("/api/models/%s/release".formatted(model), Map.of("months", 24));
        until("2026-05-31");
        modelMaker.post("/api/models/%s/months".formatted(model), Map.of("month", 1, "revenueMinor", 100_000, "servingCostMinor", 15_000));
        until("2026-06-05");
        modelMaker.post("/api/models/%s/refunds".formatted(model), Map.of("amountMinor", 10_000));
    }

    private static String expected() {
        Map<String, Long> sums = new TreeMap<>();
        WorkedExample.expected().forEach(leg -> sums.merge(line(ChronoUnit.DAYS.between(LocalDate.parse("2026-01-05"), LocalDate.parse(leg.effectiveAt())),
                leg.event(), leg.book(), leg.commodity(), leg.account()), leg.amount(), Long::sum));
        return lines(sums);
    }

    private String booked() throws SQLException {
        List<UUID> books = new ArrayList<>(names.keySet().stream().map(UUID::fromString).toList());
        Map<String, Long> sums = new TreeMap<>();
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement("""
                select cast(e.effective_at at time zone 'UTC' as date), e.event, cast(leg.book as text), leg.commodity, leg.account, leg.amount
                  from ledger_entry e cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                 where e.books && ?
                """)) {
            select.setArray(1, connection.createArrayOf("uuid", books.toArray()));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    sums.merge(line(ChronoUnit.DAYS.between(first, row.getObject(1, LocalDate.class)), row.getString(2), named(row.getString(3)),
                            row.getString(4), named(row.getString(5))), row.getLong(6), Long::sum);
                }
            }
        }
        return lines(sums);
    }

    private String named(String account) {
        return List.of(account.split(":")).stream().map(part -> names.getOrDefault(part, part)).collect(Collectors.joining(":"));
    }

    private static String line(long day, String event, String book, String commodity, String account) {
        return "day %03d %s %s %s %s".formatted(day, event, book, commodity, account);
    }

    private static String lines(Map<String, Long> sums) {
        return sums.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining("\n"));
    }
}
