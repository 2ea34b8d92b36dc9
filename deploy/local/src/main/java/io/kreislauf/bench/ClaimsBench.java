package io.kreislauf.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kreislauf.bench.BenchPeople.Annotator;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What {@code deploy/bench claims} is: how many claim+submit cycles a second 200 annotators with tokens do over HTTP, one
 * claim a submit, beside the same statements sent bare over 16 connections to the same server, in turns; with 10^4, 10^5 and
 * 10^6 open slots; beside a long query of a researcher; and, unless short, for twenty minutes on end. Arguments: home, url,
 * and {@code --short}, {@code --sustained MINUTES}, which does nothing else, or {@code --trial}: all of the short one in
 * miniature, to see that it works; its figures mean nothing.
 */
final class ClaimsBench {

    private static final int CONNECTIONS = 16;
    private static final int SUSTAINED_MINUTES = 20;

    /**
     * How much is measured.
     *
     * @param sizes   open slots of the three kinds of project
     * @param warmUps open slots of the project to warm up with
     * @param seconds of each part
     * @param rounds  how often each part comes
     */
    private record Extent(int annotators, int[] sizes, int warmUps, double warmUpSeconds, double seconds, int rounds) {

        private static final int[] SIZES = {10_000, 100_000, 1_000_000};
        static final Extent FULL = new Extent(200, SIZES, 60_000, 90, 30, 2);
        static final Extent SHORT = new Extent(200, SIZES, 60_000, 55, 3, 3);
        static final Extent TRIAL = new Extent(16, new int[] {400, 600, 800}, 400, 1, 1, 1);
    }

    /** What part of its open slots a run may take before it is no longer a run with so many open slots. */
    private static final double TAKEN_MAX = 0.25;

    private final URI url;
    private final Properties stack;
    private final List<Annotator> annotators;
    private final OverHttp http;
    private final Extent extent;
    private final List<UUID> projects = new ArrayList<>();

    private ClaimsBench(URI url, Properties stack, List<Annotator> annotators, OverHttp http, Extent extent) {
        this.url = url;
        this.stack = stack;
        this.annotators = annotators;
        this.http = http;
        this.extent = extent;
    }

    public static void main(String[] args) throws Exception {
        List<String> options = List.of(args);
        Extent extent = options.contains("--trial") ? Extent.TRIAL : options.contains("--short") ? Extent.SHORT : Extent.FULL;
        int sustained = options.contains("--sustained") ? Integer.parseInt(options.get(options.indexOf("--sustained") + 1)) : 0;
        Properties stack = new Properties();
        stack.load(new StringReader(Files.readString(Path.of(args[0], "stack.properties"))));
        String url = args[1].replaceFirst("/$", "");
        BenchPeople people = new BenchPeople(new BenchHttp(url, stack), stack.getProperty("operator.login", "otto"), stack.getProperty("operator.password", "kreislauf"));
        List<Annotator> annotators = people.annotators(extent.annotators);
        try (OverHttp http = new OverHttp(URI.create(url), annotators)) {
            ClaimsBench bench = new ClaimsBench(URI.create(url), stack, annotators, http, extent);
            System.out.println(sustained > 0 ? bench.sustained(people, sustained) : bench.measured(people));
        }
        System.exit(0);
    }

    static void say(String text, Object... values) {
        System.err.println(text.formatted(values));
    }

    private ObjectNode sustained(BenchPeople people, int minutes) throws Exception {
        UUID projectId = project(people, extent.sizes[2]);
        ObjectNode figures = BenchHttp.JSON.createObjectNode().put("sustainedMinutes", minutes);
        figures.set("curve", new Sustained(http, this::connect).curve(projectId, minutes));
        return withFaults(figures);
    }

    private ObjectNode measured(BenchPeople people) throws Exception {
        UUID warmUp = people.project(extent.warmUps);
        UUID[][] measured = new UUID[extent.sizes.length][];
        for (int i = 0; i < measured.length; i++) {
            measured[i] = ofRounds(people, extent.sizes[i]);
        }
        BareTables.copy(stack);
        http.run(warmUp, extent.warmUpSeconds, Long.MAX_VALUE);
        bare(warmUp, Math.min(3, extent.seconds), Long.MAX_VALUE);
        BareTables.settle(stack);
        say("warm");
        Cycles[] app = new Cycles[extent.sizes.length];
        Cycles[] bare = new Cycles[extent.sizes.length];
        for (int round = 0; round < extent.rounds; round++) {
            for (int i = 0; i < extent.sizes.length; i++) {
                say("%,d open slots", extent.sizes[i]);
                UUID projectId = measured[i][round];
                long countMax = (long) (extent.sizes[i] * TAKEN_MAX / Collections.frequency(List.of(measured[i]), projectId));
                // By turns the one or the other comes first: the machine is not as fast all the time.
                if (round % 2 == 1) {
                    bare[i] = joined(bare[i], bare(projectId, extent.seconds, countMax));
                }
                app[i] = joined(app[i], http.run(projectId, extent.seconds, countMax));
                if (round % 2 == 0) {
                    bare[i] = joined(bare[i], bare(projectId, extent.seconds, countMax));
                }
            }
        }
        double withReport = besideAReport(measured[2][0]);
        ObjectNode figures = BenchHttp.JSON.createObjectNode();
        boolean isCurveToo = extent == Extent.FULL;
        figures.put("cyclesPerSecond", app[1].perSecond()).put("bareCyclesPerSecond", bare[1].perSecond())
                .put("claimMillisP50", Cycles.millis(app[1].claimNanos(), 0.5)).put("claimMillisP99", Cycles.millis(app[1].claimNanos(), 0.99))
                .put("submitMillisP50", Cycles.millis(app[1].submitNanos(), 0.5)).put("submitMillisP99", Cycles.millis(app[1].submitNanos(), 0.99))
                .put("cyclesPerSecond10k", app[0].perSecond()).put("cyclesPerSecond100k", app[1].perSecond()).put("cyclesPerSecond1m", app[2].perSecond())
                .put("bareCyclesPerSecond10k", bare[0].perSecond()).put("bareCyclesPerSecond1m", bare[2].perSecond())
                .put("cyclesPerSecondWithReport", withReport).put("sustainedMinutes", isCurveToo ? SUSTAINED_MINUTES : 0);
        if (isCurveToo) {
            try (OverHttp renewed = new OverHttp(url, people.renewed(annotators))) {
                figures.set("curve", new Sustained(renewed, this::connect).curve(measured[2][0], SUSTAINED_MINUTES));
            }
        }
        return withFaults(figures);
    }

    /** The project of each round: of few slots each round has its own, so that it is not over before it has begun. */
    private UUID[] ofRounds(BenchPeople people, int slots) {
        UUID[] ofRounds = new UUID[extent.rounds];
        for (int round = 0; round < ofRounds.length; round++) {
            ofRounds[round] = round == 0 || slots == extent.sizes[0] ? project(people, slots) : ofRounds[0];
        }
        return ofRounds;
    }

    private UUID project(BenchPeople people, int slots) {
        UUID projectId = people.project(slots);
        projects.add(projectId);
        return projectId;
    }

    private static Cycles joined(Cycles before, Cycles now) {
        return before == null ? now : before.and(now);
    }

    private Cycles bare(UUID projectId, double forSeconds, long countMax) throws Exception {
        List<BareStatements> connections = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                List<Annotator> own = new ArrayList<>();
                for (int k = i; k < annotators.size(); k += CONNECTIONS) {
                    own.add(annotators.get(k));
                }
                connections.add(new BareStatements(stack, projectId, own));
            }
            Cycles cycles = Cycles.run(threads, List.<Cycles.Turn>copyOf(connections), forSeconds, countMax, new LongAdder());
            say("bare, %d connections: %s", CONNECTIONS, cycles);
            return cycles;
        } finally {
            for (BareStatements connection : connections) {
                connection.close();
            }
        }
    }

    /** A researcher's query computes, and holds its snapshot, all the while. */
    private double besideAReport(UUID projectId) throws Exception {
        say("beside a researcher's query");
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
        double perSecond = http.run(projectId, extent.seconds, Long.MAX_VALUE).perSecond();
        over.set(true);
        report.join();
        return perSecond;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(stack.getProperty("jdbc.url"), stack.getProperty("app.username"), stack.getProperty("app.password"));
    }

    /** Adds how often a rule was broken: counted in the database, over all that the benchmark did over HTTP. */
    private ObjectNode withFaults(ObjectNode figures) throws SQLException {
        return figures.put("overlapViolations", number("""
                select (select count(*) from (select item_id from claim where project_id = any (?) and state <> 'lapsed' group by item_id having count(*) > %1$d) too_many)
                     + (select count(*) from (select item_id from claim where project_id = any (?) and state <> 'lapsed'
                                               group by item_id, annotator_id having count(*) > 1) twice)
                """.formatted(BenchPeople.OVERLAP))).put("lostSlots", number("""
                select (select count(*) from slot s where s.project_id = any (?) and s.state = 'claimed'
                           and not exists (select from claim c where c.claim_id = s.claim_id and c.state in ('claimed', 'shown')))
                     + (select count(*) from slot s where s.project_id = any (?) and s.state = 'filled'
                           and not exists (select from submission b where b.slot_id = s.slot_id))
                """));
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = connect(); var query = connection.prepareStatement(sql)) {
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
