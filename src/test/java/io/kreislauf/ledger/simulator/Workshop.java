package io.kreislauf.ledger.simulator;

import static io.kreislauf.ledger.simulator.Disagreement.unless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.Refusal;
import io.kreislauf.dataset.NewRelease;
import io.kreislauf.dataset.ReleasingDataset;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Closing;
import io.kreislauf.project.Drafting;
import io.kreislauf.project.Form;
import io.kreislauf.project.ImportingItems;
import io.kreislauf.project.ProjectDraft;
import io.kreislauf.project.Publishing;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.work.Appealing;
import io.kreislauf.work.Claiming;
import io.kreislauf.work.Observing;
import io.kreislauf.work.PayingOut;
import io.kreislauf.work.Returning;
import io.kreislauf.work.Reviewing;
import io.kreislauf.work.Said;
import io.kreislauf.work.Submitting;
import io.kreislauf.work.Sweeping;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A project at work: people claim, work in one window or in two at once, give back, submit twice, approve, reject, appeal, pay, let deadlines pass, release
 * and close, in an order made up from a seed, through the use cases themselves. Each playing is of a project of its own, so that a history can be played again with less. After each step its escrow is what the states of its labels say (invariant 5),
 * nobody has more booked than time has passed (11), and no release holds another label than those approved when it was made (14).
 */
@ApplicationScoped
class Workshop {

    private static final int ITEMS = 20;
    private static final long REWARD = 25;
    private static final long RESERVE = 300;
    private static final String FORM = """
            {"questions": [{"name": "mood", "title": "How does it sound?", "choices": [
                {"value": "good", "title": "Good", "key": "1"}, {"value": "bad", "title": "Bad", "key": "2"}]}]}
            """;

    private enum State { SUBMITTED, APPROVED, PAID, REJECTED, APPEALED, FINAL }

    private final Drafting drafting;
    private final ImportingItems importing;
    private final Publishing publishing;
    private final Closing closing;
    private final Claiming claiming;
    private final Observing observing;
    private final Submitting submitting;
    private final Returning returning;
    private final Reviewing reviewing;
    private final Appealing appealing;
    private final PayingOut paying;
    private final Sweeping sweeping;
    private final ReleasingDataset releasing;
    private final Balances balances;
    private final ObjectMapper json;

    private final Map<String, Long> done = new TreeMap<>();
    private final List<Caller> annotators = new ArrayList<>();
    private Act.What misled;
    private Caller requester;
    private Caller reviewer;
    private Caller second;

    Workshop(Drafting drafting, ImportingItems importing, Publishing publishing, Closing closing, Claiming claiming, Observing observing, Submitting submitting,
             Returning returning, Reviewing reviewing, Appealing appealing, PayingOut paying, Sweeping sweeping, ReleasingDataset releasing, Balances balances,
             ObjectMapper json) {
        this.drafting = drafting;
        this.importing = importing;
        this.publishing = publishing;
        this.closing = closing;
        this.claiming = claiming;
        this.observing = observing;
        this.submitting = submitting;
        this.returning = returning;
        this.reviewing = reviewing;
        this.appealing = appealing;
        this.paying = paying;
        this.sweeping = sweeping;
        this.releasing = releasing;
        this.balances = balances;
        this.json = json;
    }

    /** Plays one project. */
    void play(List<Act> acts) {
        var told = new ArrayList<String>();
        try {
            people();
            new Project(told).play(acts);
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException(failure);
        } catch (Disagreement | Refusal failure) {
            throw new Disagreement("in the workshop, after%n%s%n%s".formatted(String.join("\n", told), failure));
        }
    }

    /** From now on the model is wrong by a cent after each of these that was done to a label; null: it is right. */
    void misled(Act.What by) {
        misled = by;
    }

    /** What was done so far, and how often. */
    Map<String, Long> done() {
        return done;
    }

    private void people() throws SQLException {
        if (annotators.isEmpty()) {
            UUID organisation = TestPeople.organisation("manufacturer");
            TestFunds.deposit(organisation, "USD", 1_000_000_000);
            requester = new Caller(TestPeople.person("requester", organisation).personId(), organisation, Set.of("requester"));
            reviewer = new Caller(TestPeople.person("reviewer", organisation).personId(), organisation, Set.of("reviewer"));
            second = new Caller(TestPeople.person("reviewer", organisation).personId(), organisation, Set.of("reviewer"));
            for (int i = 0; i < 3; i++) {
                annotators.add(new Caller(TestPeople.annotator("KE").personId(), null, Set.of("annotator")));
            }
        }
    }

    /** One project, beside what its model says of it. */
    private final class Project {

        private record Held(Caller annotator, Claiming.Claimed claim) {
        }

        private final List<String> told;
        private final UUID id;
        private final Instant began;
        private final Map<UUID, Long> bookedBefore = new HashMap<>();
        private final Map<UUID, State> labels = new LinkedHashMap<>();
        private final Map<UUID, Caller> authors = new HashMap<>();
        private final Map<UUID, UUID> appeals = new HashMap<>();
        private final List<Held> held = new ArrayList<>();
        private final Map<UUID, Set<UUID>> releases = new LinkedHashMap<>();
        private Random random;
        private long misledMinor;
        private boolean over;
        /** Nothing can be topped up any more. */
        private boolean settled;

        Project(List<String> told) throws SQLException, IOException {
            this.told = told;
            var draft = Map.ofEntries(Map.entry("title", "Simulated"), Map.entry("currency", "USD"), Map.entry("payRule", "piece"), Map.entry("rewardMinor", REWARD),
                    Map.entry("estimateSeconds", 20), Map.entry("labelsWanted", 1), Map.entry("reserveMinor", RESERVE), Map.entry("prefetchLimit", 10),
                    Map.entry("reviewDays", 2), Map.entry("appealDays", 1), Map.entry("leaseMinutes", 600), Map.entry("deadlineMinutes", 600), Map.entry("form", form()));
            this.id = drafting.draft(requester, null, json.convertValue(draft, ProjectDraft.class)).projectId();
            String csv = IntStream.range(0, ITEMS).mapToObj(i -> "k%d,text %d".formatted(i, i)).collect(Collectors.joining("\n", "key,text\n", "\n"));
            importing.read(requester, id, ImportingItems.Format.CSV, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
            publishing.publish(requester, null, id, null);
            annotators.forEach(annotator -> bookedBefore.put(annotator.personId(), booked(annotator)));
            began = TestClock.now();
        }

        private Form form() throws JsonProcessingException {
            return json.readValue(FORM, Form.class);
        }

        void play(List<Act> acts) throws SQLException {
            for (var act : acts) {
                random = act.random();
                var before = Map.copyOf(labels);
                act(act.what());
                misledMinor += act.what() == misled && !before.equals(labels) ? 1 : 0;
                holds();
            }
        }

        private void act(Act.What what) throws SQLException {
            switch (what) {
                case REJECT -> reject();
                case APPEAL -> appeal();
                case DECIDE -> decide();
                case APPROVE -> approve();
                case PAY -> pay();
                case GIVE_BACK -> giveBack();
                case A_MINUTE -> silence(false);
                case THREE_DAYS -> silence(true);
                case OVERLAP -> overlap();
                case CLAIM -> claim();
                case WORK -> work();
                case SUBMIT -> submit();
                case RELEASE -> release();
                case END -> end();
            }
        }

        private void claim() {
            Caller me = annotators.get(random.nextInt(annotators.size()));
            told("claim");
            try {
                claiming.claim(me, new Claiming.Wanted(id, 1 + random.nextInt(3), null)).claims().forEach(claim -> held.add(new Held(me, claim)));
            } catch (Refusal nothingOpen) {
                told("  refused: " + nothingOpen.code());
            }
        }

        /** In two windows at once as often as in one. */
        private void work() {
            var mine = some();
            if (mine.isEmpty()) {
                return;
            }
            told(mine.size() == 1 ? "work" : "work in two windows");
            Map<UUID, UUID> tabs = new HashMap<>();
            mine.forEach(one -> say(one, tabs.computeIfAbsent(one.claim().claimId(), claim -> UUID.randomUUID()), "shown"));
            TestClock.advance(Duration.ofSeconds(1 + random.nextInt(50)));
            mine.forEach(one -> say(one, tabs.get(one.claim().claimId()), "active"));
        }

        /** Up to two tasks of one annotator. */
        private List<Held> some() {
            if (held.isEmpty()) {
                return List.of();
            }
            Caller me = held.get(random.nextInt(held.size())).annotator();
            return held.stream().filter(one -> one.annotator().equals(me)).limit(1 + random.nextInt(2)).toList();
        }

        private void say(Held one, UUID tab, String kind) {
            observing.hear(one.annotator(), new Said(tab, one.claim().claimId(), null, List.of(new Said.State(kind, one.claim().claimId(), null, 0L))));
        }

        private void submit() {
            if (held.isEmpty()) {
                claim();
            }
            if (held.isEmpty()) {
                return;
            }
            work();
            Held one = held.remove(random.nextInt(held.size()));
            told("submit");
            var answer = new Submitting.Answer(one.claim().fencingVersion(), one.claim().formVersion(), json.createObjectNode().put("mood", "good"), null);
            UUID submission = submitting.submit(one.annotator(), one.claim().claimId(), answer).submissionId();
            unless(submission.equals(submitting.submit(one.annotator(), one.claim().claimId(), answer).submissionId()), "submitted twice, it is two submissions");
            labels.put(submission, State.SUBMITTED);
            authors.put(submission, one.annotator());
        }

        private void giveBack() {
            if (!held.isEmpty()) {
                Held one = held.remove(random.nextInt(held.size()));
                told("give back");
                returning.giveBack(one.annotator(), one.claim().claimId(), new Returning.Back(one.claim().fencingVersion(), null));
            }
        }

        private UUID any(State state) {
            var those = labels.entrySet().stream().filter(label -> label.getValue() == state).map(Map.Entry::getKey).toList();
            return those.isEmpty() ? null : those.get(random.nextInt(those.size()));
        }

        private void approve() {
            UUID submission = any(State.SUBMITTED);
            if (submission != null) {
                told("approve twice");
                reviewing.approve(reviewer, submission, null);
                reviewing.approve(reviewer, submission, null);
                labels.put(submission, State.APPROVED);
            }
        }

        private void reject() {
            UUID submission = any(State.SUBMITTED);
            if (submission != null) {
                told("reject");
                reviewing.reject(reviewer, submission, "Read it again.", null);
                labels.put(submission, State.REJECTED);
            }
        }

        private void appeal() {
            UUID submission = any(State.REJECTED);
            if (submission != null) {
                told("appeal");
                appeals.put(submission, appealing.appeal(authors.get(submission), submission, "It was right.").appealId());
                labels.put(submission, State.APPEALED);
            }
        }

        private void decide() {
            UUID submission = any(State.APPEALED);
            if (submission != null) {
                boolean won = random.nextBoolean();
                told(won ? "win an appeal" : "lose an appeal");
                appealing.decide(second, appeals.get(submission), won, "Looked at it.", null);
                labels.put(submission, won ? State.APPROVED : State.FINAL);
            }
        }

        private void pay() {
            told("pay");
            paying.pay(requester, null, id, null);
            labels.replaceAll((submission, state) -> state == State.APPROVED ? State.PAID : state);
        }

        /** Long enough for every deadline, or for none. */
        private void silence(boolean long_) {
            told(long_ ? "three days pass" : "a minute passes");
            TestClock.advance(long_ ? Duration.ofDays(3) : Duration.ofMinutes(1));
            sweeping.endWhatIsOver();
            sweeping.decideBySilence();
            if (long_) {
                held.clear();
                labels.replaceAll((submission, state) -> switch (state) {
                    case SUBMITTED, APPEALED -> State.APPROVED;
                    case REJECTED -> State.FINAL;
                    default -> state;
                });
            }
        }

        /** A second that is booked already, and a day that is too long, are refused whoever books them. */
        private void overlap() throws SQLException {
            told("book a second twice, and more than a day");
            try (var connection = TestDatabase.asApplication(); var statement = connection.createStatement()) {
                var again = "insert into worked_interval (annotator_id, project_id, time_class, source, span, period) select annotator_id, project_id, time_class, source, %s, period"
                        + " from worked_interval where project_id = '" + id + "' order by random() limit 1";
                for (var span : Map.of("23P01", "tstzrange(lower(span), lower(span) + interval '1 millisecond')", "23514",
                        "tstzrange(upper(span) + interval '300 days', upper(span) + interval '301 days 1 second')").entrySet()) {
                    try {
                        unless(statement.executeUpdate(again.formatted(span.getValue())) == 0, "%s was booked", span.getValue());
                    } catch (SQLException refused) {
                        unless(refused.getSQLState().equals(span.getKey()), "%s", refused);
                    }
                }
            }
        }

        /** A release waits for what is undecided; it takes the approved labels and no other. */
        private void release() {
            if (labels.containsValue(State.SUBMITTED)) {
                told("release too early");
                try {
                    releasing.release(requester, id, new NewRelease("Simulated", 2, null, null, null), null);
                    throw new Disagreement("released with undecided work");
                } catch (Refusal refused) {
                    unless(refused.code().equals("UNREVIEWED_WORK"), "%s", refused.code());
                }
                reviewing.approveRest(reviewer, id, null);
                labels.replaceAll((submission, state) -> state == State.SUBMITTED ? State.APPROVED : state);
            }
            var kept = labels.entrySet().stream().filter(label -> label.getValue() == State.APPROVED || label.getValue() == State.PAID).map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            told("release: " + kept.size() + " of " + labels.size());
            try {
                releases.put(releasing.release(requester, id, new NewRelease("Simulated", 2, null, null, null), null).versionId(), kept);
            } catch (Refusal refused) {
                unless(kept.isEmpty() && refused.code().equals("NOTHING_TO_RELEASE"), "%s", refused);
            }
        }

        private void end() {
            told("close, let all deadlines pass, and pay");
            closing.close(requester, null, id, null);
            over = true;
            silence(true);
            silence(true);
            pay();
            if (random.nextInt(4) == 0) {
                told("the month is over");
                TestClock.advance(Duration.ofDays(35));
                sweeping.endWhatIsOver();
                sweeping.topUp();
                pay();
                settled = true;
            }
        }

        private void holds() throws SQLException {
            long gone = labels.values().stream().filter(state -> state == State.PAID || state == State.FINAL).count();
            long needed = over ? labels.size() - gone : ITEMS - gone;
            long escrow = balances.of(new Book(requester.organisationId()), Commodity.money("USD"), Account.escrow(id));
            unless(escrow == needed * REWARD + misledMinor, "escrow holds %d and not %d: %s, %d claimed", escrow, needed * REWARD + misledMinor, labels.values(), held.size());
            long reserve = balances.of(new Book(requester.organisationId()), Commodity.money("USD"), Account.reserve(id));
            unless(reserve == RESERVE && !settled || reserve == 0 && over, "the reserve holds %d", reserve);
            for (Caller annotator : annotators) {
                long millis = booked(annotator) - bookedBefore.get(annotator.personId());
                long passed = Duration.between(began, TestClock.now()).toMillis();
                unless(millis >= 0 && millis <= passed, "%d ms booked in %d ms", millis, passed);
            }
            for (var release : releases.entrySet()) {
                unless(released(release.getKey()).equals(release.getValue()), "a release holds %s and not %s", released(release.getKey()), release.getValue());
            }
        }

        private void told(String what) {
            told.add(what);
            done.merge(what.split(":")[0].strip(), 1L, Long::sum);
        }
    }

    private long booked(Caller annotator) {
        return -balances.of(new Book(annotator.personId())).stream().filter(balance -> balance.commodity().isLabour() && balance.account().kind() == Account.Kind.EXPENDED)
                .mapToLong(Balances.Balance::amount).sum();
    }

    private static Set<UUID> released(UUID version) throws SQLException {
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement("select submission_id from version_submission where version_id = ?")) {
            select.setObject(1, version);
            try (var row = select.executeQuery()) {
                var submissions = new TreeSet<UUID>();
                while (row.next()) {
                    submissions.add(row.getObject(1, UUID.class));
                }
                return submissions;
            }
        }
    }
}
