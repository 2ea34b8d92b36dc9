package io.kreislauf.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.dataset.NewRelease;
import io.kreislauf.dataset.ReleasingDataset;
import io.kreislauf.dataset.UsingMeans;
import io.kreislauf.label.ItemResolved;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.LabourEvent.QualificationTaken;
import io.kreislauf.ledger.LabourEvent.TimeSearching;
import io.kreislauf.ledger.LabourEvent.WorkRejected;
import io.kreislauf.ledger.LabourEvent.WorkReturned;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.ProductEvent.ProjectClosed;
import io.kreislauf.ledger.ProductEvent.TasksPublished;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WageEvent.RejectionFinal;
import io.kreislauf.ledger.WageEvent.WageToppedUp;
import io.kreislauf.ledger.WageEvent.WagesPaid;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.AdvancingCapital;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.Outbox;
import io.kreislauf.stream.Topic;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * The worked example of the ledger's specification in a running system. What is advanced, bought, released, sold, trained
 * goes through the use cases; the labour of steps 3 to 9 is booked at once, as if one annotator had done it all.
 */
public final class WorkedCircuit {

    private static final long HOUR = 3_600_000L;
    private static final String USD = "USD";
    private static final int ITEMS = 40;

    private static Connection connection;

    public final TestPerson maker;
    public final TestPerson modelMaker;
    public final TestPerson annotator;
    public UUID projectId;
    public DatasetVersion version;
    public Licence licence;
    public Model model;

    public WorkedCircuit() throws SQLException {
        maker = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        modelMaker = TestPeople.person("requester", TestPeople.organisation("model-maker"));
        annotator = TestPeople.annotator("KE");
    }

    public static Caller caller(TestPerson person) {
        return new Caller(person.personId(), person.organisationId(), Set.of("requester"));
    }

    public static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    /** Steps 1 to 18. */
    public WorkedCircuit whole() throws Exception {
        advanceAndWork();
        agree();
        release(2);
        sell();
        train();
        return this;
    }

    /** Steps 1 to 9. */
    public void advanceAndWork() throws Exception {
        Caller operator = new Caller(UUID.randomUUID(), null, Set.of("operator"));
        AdvancingCapital capital = bean(AdvancingCapital.class);
        capital.confirm(operator, maker.organisationId(), new AdvancingCapital.Deposit(USD, 1_000_000, "d" + maker.organisationId(), day("2026-01-05")));
        Map.of("tooling", 240_000, "source", 50_000, "compute", 30_000).forEach((means, amount) -> capital.buy(caller(maker), null,
                new AdvancingCapital.Purchase(means, USD, amount, "produced", "J62", "US", day("2026-01-12"))));
        capital.confirm(operator, modelMaker.organisationId(), new AdvancingCapital.Deposit(USD, 2_000_000, "a" + modelMaker.organisationId(), day("2026-03-02")));
        projectId = id("""
                insert into project (organisation_id, title, form, state, currency, pay_rule, reward_minor, estimate_millis, labels_wanted)
                values (?, 'Worked example', '{"questions": []}', 'published', 'USD', 'piece', 25, 150000, 1) returning project_id
                """, maker.organisationId());
        Book d = new Book(maker.organisationId());
        Book w = new Book(annotator.personId());
        LabourMillis none = LabourMillis.NONE;
        post("2026-02-02", new TasksPublished(id(), projectId, d, USD, 126_000, 10_000));
        post("2026-02-16", new WorkSubmitted(id(), projectId, d, w, LabourMillis.observed(5_040 * 150_000L), Wage.none(USD)));
        post("2026-02-23", new WorkApproved(id(), projectId, d, w, USD, 120_000, 0));
        post("2026-02-23", new WorkRejected(id(), projectId, d, w, LabourMillis.observed(240 * 150_000L), false));
        post("2026-03-09", new RejectionFinal(id(), projectId, d, USD, 6_000));
        post("2026-02-16", new WorkReturned(id(), projectId, d, w, LabourMillis.observed(20 * HOUR), Wage.none(USD)));
        post("2026-02-16", new QualificationTaken(id(), projectId, d, w, LabourMillis.observed(15 * HOUR), Wage.none(USD)));
        post("2026-02-16", new TimeSearching(id(), projectId, d, w, LabourMillis.observed(55 * HOUR), Wage.none(USD)));
        post("2026-03-10", new WageToppedUp(id(), projectId, d, w, USD, 6_000));
        post("2026-03-13", new WagesPaid(id(), projectId, d, w, USD, 120_000, 6_000, 0));
    }

    /** Items with an approved label each, agreed and on their way to the working version; the last three share a group, two are equal. */
    public void agree() throws Exception {
        for (int i = 0; i < ITEMS; i++) {
            UUID itemId = item(i, i == 1 ? 0 : i, i >= ITEMS - 3 ? "group" : null);
            submission(itemId, "approved", i % 2 == 0 ? "yes" : "no");
            resolved(itemId, i % 2 == 0 ? "yes" : "no", 1);
        }
        awaitRows(ITEMS);
    }

    /** Until the working version has so many rows. */
    public void awaitRows(int rows) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100)).untilAsserted(() ->
                assertEquals(rows, count("select count(*) from working_row where project_id = ?", projectId)));
    }

    public static long count(String sql, Object... parameters) throws SQLException {
        try (var statement = connection().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    public UUID item(int key, int content, String group) throws SQLException {
        return row("insert into item (project_id, external_key, content, group_key, source, licence) values (?, ?, cast(? as jsonb), ?, 'own', 'CC0-1.0') returning item_id",
                projectId, "item-" + key, "{\"text\": \"sentence %d\"}".formatted(content), group);
    }

    public UUID submission(UUID itemId, String state, String answer) throws SQLException {
        UUID slotId = row("insert into slot (project_id, item_id, ordinal, state) values (?, ?, (select count(*) + 1 from slot where item_id = ?), 'filled') returning slot_id",
                projectId, itemId, itemId);
        UUID person = UUID.randomUUID();
        UUID claimId = row("""
                insert into claim (slot_id, project_id, item_id, annotator_id, state, lease_until, deadline_at, due_at, reward_minor, estimate_millis, form_version)
                values (?, ?, ?, ?, 'submitted', now(), now(), now(), 25, 150000, 1) returning claim_id
                """, slotId, projectId, itemId, person);
        UUID submissionId = row("""
                insert into submission (claim_id, slot_id, project_id, item_id, annotator_id, answer, form_version, submitted_at, effective_at, state, reward_minor, review_until)
                values (?, ?, ?, ?, ?, jsonb_build_object('q', cast(? as text)), 1, now(), now(), ?, 25, now()) returning submission_id
                """, claimId, slotId, projectId, itemId, person, answer, state);
        row("""
                insert into label (submission_id, project_id, item_id, annotator_id, answer, counts, rejected)
                values (?, ?, ?, ?, jsonb_build_object('q', cast(? as text)), true, ?) returning submission_id
                """, submissionId, projectId, itemId, person, answer, state.startsWith("rej"));
        return submissionId;
    }

    /** Tells the data set, through Kafka, what is agreed about an item. */
    public void resolved(UUID itemId, String answer, int labels) throws SQLException {
        UUID version = row("""
                insert into item_label (item_id, project_id, answer, counts, agreement, labels, resolved)
                values (?, ?, jsonb_build_object('q', cast(? as text)), '{}', 1, ?, ?)
                    on conflict (item_id) do update set answer = excluded.answer, labels = excluded.labels, resolved = excluded.resolved, version = item_label.version + 1
                returning cast(lpad(to_hex(version), 32, '0') as uuid)
                """, itemId, projectId, answer, labels, answer != null);
        tell(itemId, answer, labels, (int) version.getLeastSignificantBits());
    }

    void tell(UUID itemId, String answer, int labels, int version) {
        QuarkusTransaction.requiringNew().run(() -> bean(Outbox.class).add(Topic.ITEMS, ItemResolved.TYPE, itemId, new ItemResolved(projectId, itemId,
                answer == null ? null : bean(ObjectMapper.class).createObjectNode().put("q", answer), null, 1.0, labels, answer != null, version)));
    }

    /** Steps 10 and 11. */
    public void release(int licences) throws Exception {
        means();
        version = bean(ReleasingDataset.class).release(caller(maker), projectId, asked(licences), null);
        post("2026-03-16", new ProjectClosed(id(), projectId, new Book(maker.organisationId()), USD, 0, 4_000));
    }

    public static NewRelease asked(int licences) {
        return new NewRelease("Worked example", licences, "Forty sentences.", "For training.", day("2026-03-16"));
    }

    private void means() {
        UsingMeans using = bean(UsingMeans.class);
        Map.of("tooling", 10_000L, "source", 50_000L, "compute", 30_000L).forEach((means, amount) ->
                using.use(caller(maker), projectId, new UsingMeans.Use(means, amount, null, day("2026-03-16")), null));
    }

    /** Step 13. */
    public void sell() {
        LicenceOffer offer = bean(OfferingLicence.class).offer(caller(maker), new OfferingLicence.NewOffer(version.versionId(), modelMaker.organisationId(),
                420_000L, null, 2, null), null);
        licence = bean(BuyingLicence.class).accept(caller(modelMaker), offer.offerId(), day("2026-04-01"), null);
    }

    /** Steps 14 to 18. */
    public void train() {
        Caller a = caller(modelMaker);
        bean(AdvancingCapital.class).buy(a, null, new AdvancingCapital.Purchase("compute", USD, 630_000, "produced", "J62", "US", day("2026-04-06")));
        UUID id = bean(Models.class).begin(a, new Models.NewModel("Model", 24, USD), null).modelId();
        bean(DeclaringLabour.class).declare(a, id, new DeclaringLabour.Labour(120 * HOUR, 240_000, "demo", day("2026-04-20")), null);
        bean(TrainingModel.class).run(a, id, new TrainingModel.NewRun(List.of(licence.licenceId()), List.of(new TrainingModel.Means("compute", 630_000, null)),
                day("2026-04-27")), null);
        bean(ReleasingModel.class).release(a, id, new ReleasingModel.Release(null, day("2026-05-01")), null);
        bean(SellingService.class).sell(a, id, new SellingService.Month(1, 100_000, 15_000, day("2026-05-31")), null);
        bean(SellingService.class).refund(a, id, new SellingService.Refund(10_000, day("2026-06-05")), null);
        model = bean(Models.class).own(a, id);
        assertEquals(90_000, model.revenueMinor());
    }

    static void post(String day, EconomicEvent event) {
        QuarkusTransaction.requiringNew().run(() -> bean(Ledger.class).post(event, day(day)));
    }

    private static UUID id() {
        return UUID.randomUUID();
    }

    static UUID id(String sql, Object... parameters) throws SQLException {
        return row(sql, parameters);
    }

    public static UUID row(String sql, Object... parameters) throws SQLException {
        try (var statement = connection().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, UUID.class);
            }
        }
    }

    /** One for all: opening a connection costs more than all that is done with it here. */
    private static synchronized Connection connection() throws SQLException {
        if (connection == null || connection.isClosed()) {
            connection = TestDatabase.asApplication();
        }
        return connection;
    }
}
