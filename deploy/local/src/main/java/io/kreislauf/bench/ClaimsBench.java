package io.kreislauf.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kreislauf.bench.BenchPeople.Annotator;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What {@code deploy/bench claims} is: how many claim+submit cycles a second 200 annotators with tokens do over HTTP, one
 * claim a submit, beside the same statements sent bare over 16 connections to the same server; with 10^4, 10^5 and 10^6
 * open slots; beside a long query of a researcher; and, unless short, for twenty minutes on end. Arguments: home, url,
 * and {@code --short}.
 */
final class ClaimsBench {

    private static final int ANNOTATORS = Integer.getInteger("bench.annotators", 200);
    private static final int CONNECTIONS = 16;
    private static final int SUSTAINED_MINUTES = 20;

    private final BenchHttp http;
    private final Properties stack;
    private final double seconds;
    private final List<UUID> projects = new ArrayList<>();

    private ClaimsBench(BenchHttp http, Properties stack, double seconds) {
        this.http = http;
        this.stack = stack;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        boolean isShort = List.of(args).contains("--short");
        Properties stack = new Properties();
        stack.load(new StringReader(Files.readString(Path.of(args[0], "stack.properties"))));
        BenchHttp http = new BenchHttp(args[1].replaceFirst("/$", ""), stack);
        System.out.println(new ClaimsBench(http, stack, isShort ? 12 : 60).measure(isShort));
        System.exit(0);
    }

    static void say(String text, Object... values) {
        System.err.println(text.formatted(values));
    }

    private ObjectNode measure(boolean isShort) throws Exception {
        BenchPeople people = new BenchPeople(http, "otto", "kreislauf");
        List<Annotator> annotators = people.annotators(ANNOTATORS);
        overHttp(people.project(10_000), annotators, 5);
        say("warm");
        ObjectNode figures = BenchHttp.JSON.createObjectNode();
        Cycles small = overHttp(fresh(people, 10_000), annotators, seconds);
        double bareSmall = bare(fresh(people, 10_000), annotators, seconds).perSecond();
        Cycles middle = overHttp(fresh(people, 100_000), annotators, seconds);
        double bareMiddle = bare(fresh(people, 100_000), annotators, seconds).perSecond();
        UUID largeProject = fresh(people, 1_000_000);
        double large = overHttp(largeProject, annotators, seconds).perSecond();
        double bareLarge = bare(largeProject, annotators, seconds).perSecond();
        double withReport = besideAReport(largeProject, annotators);
        figures.put("cyclesPerSecond", middle.perSecond()).put("bareCyclesPerSecond", bareMiddle)
                .put("claimMillisP50", Cycles.millis(middle.claimNanos(), 0.5)).put("claimMillisP99", Cycles.millis(middle.claimNanos(), 0.99))
                .put("submitMillisP50", Cycles.millis(middle.submitNanos(), 0.5)).put("submitMillisP99", Cycles.millis(middle.submitNanos(), 0.99))
                .put("cyclesPerSecond10k", small.perSecond()).put("cyclesPerSecond100k", middle.perSecond()).put("cyclesPerSecond1m", large)
                .put("bareCyclesPerSecond10k", bareSmall).put("bareCyclesPerSecond1m", bareLarge).put("cyclesPerSecondWithReport", withReport);
        if (!isShort) {
            var curve = figures.putArray("cyclesPerSecondByMinute");
            for (int minute = 0; minute < SUSTAINED_MINUTES; minute++) {
                curve.add(overHttp(largeProject, annotators, 60).perSecond());
            }
        }
        try (Connection connection = connect()) {
            figures.put("overlapViolations", number(connection, """
                    select (select count(*) from (select item_id from claim where project_id = any (?) and state <> 'lapsed' group by item_id having count(*) > %1$d) too_many)
                         + (select count(*) from (select item_id from claim where project_id = any (?) and state <> 'lapsed'
                                                   group by item_id, annotator_id having count(*) > 1) twice)
                    """.formatted(BenchPeople.OVERLAP)));
            figures.put("lostSlots", number(connection, """
                    select (select count(*) from slot s where s.project_id = any (?) and s.state = 'claimed'
                               and not exists (select from claim c where c.claim_id = s.claim_id and c.state in ('claimed', 'shown')))
                         + (select count(*) from slot s where s.project_id = any (?) and s.state = 'filled'
                               and not exists (select from submission b where b.slot_id = s.slot_id))
                    """));
        }
        return figures;
    }

    private UUID fresh(BenchPeople people, int slots) {
        UUID projectId = people.project(slots);
        projects.add(projectId);
        return projectId;
    }

    private Cycles overHttp(UUID projectId, List<Annotator> annotators, double forSeconds) throws Exception {
        String wanted = "{\"projectId\": \"%s\", \"count\": 1}".formatted(projectId);
        List<Cycles.Turn> turns = new ArrayList<>();
        for (Annotator annotator : annotators) {
            turns.add(() -> {
                long began = System.nanoTime();
                JsonNode claim = http.post(annotator.token(), "/api/claims", wanted).required("claims").path(0);
                if (claim.isMissingNode()) {
                    return null;
                }
                long between = System.nanoTime();
                http.post(annotator.token(), "/api/claims/" + claim.required("claimId").asText() + "/submit",
                        "{\"fencingVersion\": %d, \"formVersion\": 1, \"answer\": {\"q\": \"a\"}}".formatted(claim.required("fencingVersion").asLong()));
                return new long[] {between - began, System.nanoTime() - between};
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Cycles cycles = Cycles.run(threads, turns, forSeconds);
            say("over HTTP, %d annotators: %s", annotators.size(), cycles);
            return cycles;
        }
    }

    private Cycles bare(UUID projectId, List<Annotator> annotators, double forSeconds) throws Exception {
        List<BareStatements> connections = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                List<Annotator> own = new ArrayList<>();
                for (int k = i; k < annotators.size(); k += CONNECTIONS) {
                    own.add(annotators.get(k));
                }
                connections.add(new BareStatements(stack, projectId, own));
            }
            Cycles cycles = Cycles.run(threads, List.<Cycles.Turn>copyOf(connections), forSeconds);
            say("bare, %d connections: %s", CONNECTIONS, cycles);
            return cycles;
        } finally {
            for (BareStatements connection : connections) {
                connection.close();
            }
        }
    }

    /** A researcher's query holds its snapshot all the while, and another one computes. */
    private double besideAReport(UUID projectId, List<Annotator> annotators) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread report = Thread.ofPlatform().start(() -> {
            try (Connection connection = connect()) {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                while (!over.get()) {
                    try (var query = connection.createStatement();
                         var rows = query.executeQuery("select annotator_id, count(*), sum(reward_minor) from submission group by annotator_id")) {
                        while (rows.next() && !over.get()) {
                            rows.getLong(2);
                        }
                    }
                }
            } catch (SQLException failure) {
                say("the researcher's query failed: %s", failure.getMessage());
            }
        });
        double perSecond = overHttp(projectId, annotators, seconds).perSecond();
        over.set(true);
        report.join();
        return perSecond;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(stack.getProperty("jdbc.url"), stack.getProperty("app.username"), stack.getProperty("app.password"));
    }

    private long number(Connection connection, String sql) throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            var ids = connection.createArrayOf("uuid", projects.toArray());
            query.setArray(1, ids);
            query.setArray(2, ids);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
