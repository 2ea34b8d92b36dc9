package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.FORM;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.audit.Auditing;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Closing;
import io.kreislauf.project.Drafting;
import io.kreislauf.project.Form;
import io.kreislauf.project.ImportingItems;
import io.kreislauf.project.ImportingItems.Format;
import io.kreislauf.project.ProjectDraft;
import io.kreislauf.project.Publishing;
import io.kreislauf.project.Publishing.Extension;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Escrow and floors under any interleaving: many people at once publish, claim, submit, give back, approve, reject, appeal, top
 * up, pay, pause, extend, close and cancel, while deadlines pass. All along no account is below zero and escrow is what the
 * projects need; in the end nothing is left in the escrow of a project that is over.
 */
@QuarkusTest
class HoldsIT {

    private static final int ANNOTATORS = 6;
    private static final int SECONDS = 10;
    private static final int ITEMS = 60;
    private static final long DEPOSIT = 150_000;
    private static final Commodity USD = Commodity.money("USD");

    @Inject Drafting drafting;
    @Inject ImportingItems importing;
    @Inject Publishing publishing;
    @Inject Closing closing;
    @Inject Claiming claiming;
    @Inject Observing observing;
    @Inject Submitting submitting;
    @Inject Returning returning;
    @Inject Reviewing reviewing;
    @Inject Appealing appealing;
    @Inject PayingOut paying;
    @Inject ToppingUp toppingUp;
    @Inject Sweeping sweeping;
    @Inject Auditing auditing;
    @Inject Balances balances;
    @Inject ObjectMapper json;

    private final long seed = System.nanoTime();
    private final List<UUID> projects = new CopyOnWriteArrayList<>();
    private final List<Caller> annotators = new ArrayList<>();
    private final Map<UUID, Queue<UUID>> submissions = new ConcurrentHashMap<>();
    private final Map<UUID, Caller> author = new ConcurrentHashMap<>();
    private final Queue<UUID> decided = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> done = new ConcurrentHashMap<>();
    private UUID organisation;
    private Caller requester;
    private Caller reviewer;
    private Caller second;

    @BeforeEach
    void projects() throws Exception {
        organisation = TestPeople.organisation("manufacturer");
        TestFunds.deposit(organisation, "USD", DEPOSIT);
        requester = new Caller(TestPeople.person("requester", organisation).personId(), organisation, Set.of("requester"));
        reviewer = new Caller(TestPeople.person("reviewer", organisation).personId(), organisation, Set.of("reviewer"));
        second = new Caller(TestPeople.person("reviewer", organisation).personId(), organisation, Set.of("reviewer"));
        for (int i = 0; i < ANNOTATORS; i++) {
            annotators.add(new Caller(TestPeople.annotator("KE").personId(), null, Set.of("annotator")));
        }
        projects.add(project("piece", 25, 300));
        projects.add(project("hour", 6_000, 400));
    }

    private UUID project(String payRule, long reward, long reserve) throws Exception {
        var draft = Map.ofEntries(Map.entry("title", "Held " + payRule), Map.entry("currency", "USD"), Map.entry("payRule", payRule),
                Map.entry("rewardMinor", reward), Map.entry("estimateSeconds", 20), Map.entry("labelsWanted", 2), Map.entry("labelsMax", 3),
                Map.entry("reserveMinor", reserve), Map.entry("floorMinorPerHour", 3_000), Map.entry("prefetchLimit", 10), Map.entry("reviewDays", 2),
                Map.entry("appealDays", 1), Map.entry("leaseMinutes", 5), Map.entry("deadlineMinutes", 10), Map.entry("form", json.readValue(FORM, Form.class)));
        UUID project = drafting.draft(requester, null, json.convertValue(draft, ProjectDraft.class)).projectId();
        items(project, 0);
        publishing.publish(requester, null, project, null);
        return project;
    }

    private void items(UUID project, int from) throws Exception {
        StringBuilder csv = new StringBuilder("key,text\n");
        for (int i = from; i < from + ITEMS; i++) {
            csv.append("k").append(i).append(",text ").append(i).append('\n');
        }
        importing.read(requester, project, Format.CSV, new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void noInterleavingTakesFromWhatIsHeld() throws Exception {
        System.out.println("holds: seed " + seed);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (var threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < ANNOTATORS; i++) {
                Caller annotator = annotators.get(i);
                Random random = new Random(seed + i);
                threads.submit(() -> repeat(end, "annotator", () -> annotate(annotator, random)));
            }
            for (int i = 0; i < 3; i++) {
                Random random = new Random(seed + 100 + i);
                threads.submit(() -> repeat(end, "reviewer", () -> review(random)));
            }
            Random asking = new Random(seed + 200);
            threads.submit(() -> repeat(end, "requester", () -> ask(asking)));
            Random paid = new Random(seed + 300);
            threads.submit(() -> repeat(end, "time", () -> pass(paid)));
            for (int i = 0; i < 2; i++) {
                threads.submit(() -> repeat(end, "payer", this::pay));
            }
            threads.submit(() -> repeat(end, "audit", this::audit));
        }
        assertEquals(List.of(), List.copyOf(unexpected), "seed " + seed);
        System.out.println("holds: " + new TreeMap<>(done));
        settle();
        audit();
        assertEquals(List.of(), List.copyOf(unexpected), "seed " + seed);
        assertEquals(List.of(), openSlots(), "slots of projects that are over, seed " + seed);
        for (UUID project : projects) {
            assertEquals(0, held(Account.escrow(project)), "escrow of a project that is over, seed " + seed);
            assertEquals(0, held(Account.reserve(project)), "reserve of a project that is over, seed " + seed);
        }
        long wages = annotators.stream().mapToLong(a -> balances.of(new Book(a.personId()), USD, Account.CASH)).sum();
        assertTrue(wages > 0, "somebody was paid");
        assertEquals(DEPOSIT, held(Account.CASH) + wages, "all the money is there, seed " + seed);
    }

    private long held(Account account) {
        return balances.of(new Book(organisation), USD, account);
    }

    private void repeat(long end, String who, Runnable act) {
        while (System.nanoTime() < end) {
            try {
                act.run();
                done.merge(who, 1L, Long::sum);
            } catch (Refusal refused) {
                done.merge(who + " " + refused.code(), 1L, Long::sum);
            } catch (RuntimeException | AssertionError failure) {
                Throwable cause = failure;
                while (cause.getCause() != null) {
                    cause = cause.getCause();
                }
                unexpected.add(who + ": " + cause);
            }
        }
    }

    /** One of the latest, most of which go on. */
    private UUID any(Random random) {
        return projects.get(projects.size() - 1 - random.nextInt(Math.min(3, projects.size())));
    }

    private void annotate(Caller me, Random random) {
        UUID project = any(random);
        List<Claiming.Claimed> held = claiming.claim(me, new Claiming.Wanted(project, 1 + random.nextInt(3), null)).claims();
        UUID tab = UUID.randomUUID();
        for (Claiming.Claimed claim : held) {
            observing.hear(me, new Said(tab, claim.claimId(), null, List.of(new Said.State("shown", claim.claimId(), null, 0L))));
            observing.hear(me, new Said(tab, claim.claimId(), null, List.of(new Said.State("active", claim.claimId(), null, 0L))));
            switch (random.nextInt(6)) {
                case 0 -> returning.giveBack(me, claim.claimId(), new Returning.Back(claim.fencingVersion(), "not mine"));
                case 1 -> { }
                default -> {
                    UUID submission = submitting.submit(me, claim.claimId(), new Submitting.Answer(claim.fencingVersion(), claim.formVersion(),
                            json.createObjectNode().put("sentiment", random.nextBoolean() ? "pos" : "neg"), null)).submissionId();
                    author.put(submission, me);
                    submissions.computeIfAbsent(project, p -> new ConcurrentLinkedQueue<>()).add(submission);
                }
            }
        }
        for (UUID rejected : List.copyOf(decided)) {
            if (author.get(rejected).equals(me) && decided.remove(rejected)) {
                appealing.appeal(me, rejected, "It was right.");
            }
        }
    }

    private void review(Random random) {
        UUID project = any(random);
        switch (random.nextInt(12)) {
            case 0 -> approveRest(project);
            case 1, 2 -> decideAppeal(random);
            default -> {
                UUID submission = submissions.computeIfAbsent(project, p -> new ConcurrentLinkedQueue<>()).poll();
                if (submission == null) {
                    return;
                }
                if (random.nextInt(3) == 0) {
                    reviewing.approve(reviewer, submission, null);
                } else {
                    reviewing.reject(reviewer, submission, "Read it again.", null);
                    decided.add(submission);
                }
            }
        }
    }

    /** The one that is a request of several transactions. */
    private void approveRest(UUID project) {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            reviewing.approveRest(reviewer, project, null);
        } finally {
            request.terminate();
        }
    }

    private void decideAppeal(Random random) {
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement("""
                select a.appeal_id from appeal a join submission s using (submission_id) where a.state = 'open' and s.project_id = any (?) limit 5
                """)) {
            select.setArray(1, connection.createArrayOf("uuid", projects.toArray()));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    appealing.decide(second, row.getObject(1, UUID.class), random.nextBoolean(), "Looked at it.", null);
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void ask(Random random) {
        UUID project = any(random);
        try {
            LockSupport.parkNanos(20_000_000);
            switch (random.nextInt(30)) {
                case 0 -> publishing.pause(requester, project);
                case 1, 2, 3, 4 -> publishing.resume(requester, project);
                case 5, 6 -> publishing.extend(requester, null, project, new Extension(null, null, 50L, null));
                case 7 -> {
                    int from = done.merge("items", 1L, Long::sum).intValue() * ITEMS;
                    items(project, from);
                    publishing.extend(requester, null, project, new Extension(null, null, null, null));
                }
                case 8 -> anew(project, random.nextBoolean());
                default -> { }
            }
        } catch (RuntimeException refused) {
            throw refused;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The project ends while others are at it, and another one begins. */
    private void anew(UUID project, boolean early) throws Exception {
        if (early) {
            closing.cancel(requester, null, project, null);
        } else {
            closing.close(requester, null, project, null);
        }
        done.merge("ended", 1L, Long::sum);
        boolean piece = projects.size() % 2 == 0;
        projects.add(project(piece ? "piece" : "hour", piece ? 25 : 6_000, 300));
    }

    /** Mostly seconds, now and then the day that ends a lease, a review or an appeal. */
    private void pass(Random random) {
        TestClock.advance(random.nextInt(40) == 0 ? Duration.ofHours(20) : random.nextInt(10) == 0 ? Duration.ofMinutes(6) : Duration.ofSeconds(7));
        sweeping.endWhatIsOver();
        sweeping.decideBySilence();
    }

    private void pay() {
        sweeping.topUp();
        sweeping.releaseEstimates();
        paying.pay(requester, null, null, null);
    }

    private void audit() {
        Set<String> ours = new HashSet<>(projects.stream().map(UUID::toString).toList());
        ours.add(organisation.toString());
        annotators.forEach(a -> ours.add(a.personId().toString()));
        auditing.audit(false).invariants().stream().flatMap(finding -> finding.breaches().stream()
                        .filter(breach -> ours.stream().anyMatch(id -> breach.place().contains(id) || breach.detail().contains(id)))
                        .map(breach -> "invariant %d: %s %s".formatted(finding.invariant(), breach.place(), breach.detail())))
                .forEach(unexpected::add);
    }

    /** Everything ends: projects, claims, rejections, appeals, the month; then all is paid. */
    private void settle() {
        for (UUID project : projects) {
            try {
                closing.close(requester, null, project, null);
            } catch (Refusal over) {
                assertEquals("WRONG_STATE", over.code());
            }
        }
        for (int i = 0; i < 4; i++) {
            TestClock.advance(Duration.ofDays(10));
            sweeping.endWhatIsOver();
            projects.forEach(project -> reviewing.approveRest(reviewer, project, null));
            sweeping.decideBySilence();
            sweeping.topUp();
            sweeping.releaseEstimates();
            paying.pay(requester, null, null, null);
        }
    }

    private List<String> openSlots() throws SQLException {
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement("""
                select s.project_id, s.state, count(*) from slot s where s.project_id = any (?) and s.state in ('open', 'unopened', 'claimed') group by 1, 2
                """)) {
            select.setArray(1, connection.createArrayOf("uuid", projects.toArray()));
            List<String> open = new ArrayList<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    open.add(row.getString(1) + " " + row.getString(2) + " " + row.getLong(3));
                }
            }
            return open;
        }
    }

    /** A task is given back just while its project is closed: the giving back began before, and ends after. */
    @Test
    void whatIsGivenBackWhileAProjectIsClosedGoesBackToItsRequester() throws Exception {
        UUID project = projects.getFirst();
        Caller me = annotators.getFirst();
        Claiming.Claimed claim = claiming.claim(me, new Claiming.Wanted(project, 1, null)).claims().getFirst();
        try (var holding = TestDatabase.asApplication(); var threads = Executors.newSingleThreadExecutor()) {
            holding.setAutoCommit(false);
            try (var lock = holding.prepareStatement("select from claim where claim_id = ? for update")) {
                lock.setObject(1, claim.claimId());
                lock.executeQuery();
            }
            var back = threads.submit(() -> returning.giveBack(me, claim.claimId(), new Returning.Back(claim.fencingVersion(), null)));
            await().until(this::somebodyWaits);
            closing.close(requester, null, project, null);
            holding.rollback();
            back.get(60, TimeUnit.SECONDS);
        }
        assertEquals(0, held(Account.escrow(project)), "nobody can claim it any more");
        assertEquals(0, held(Account.reserve(project)));
    }

    private boolean somebodyWaits() throws SQLException {
        try (var connection = TestDatabase.asSuperuser(); var row = connection.createStatement().executeQuery(
                "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
