package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.SeenInAWindow.Said;
import io.kreislauf.work.SeenInAWindow.Stretch;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One person in several windows does anything at any time: shows tasks that are held, done, given back or over, searches, rests, hides, falls silent, hands in from another window,
 * while leases, deadlines and sittings end. In the end each moment in which a window was seen is booked, once, and no other one.
 */
@QuarkusTest
class EverySecondIT {

    private static final List<String> OUTSIDE = List.of("search", "watching", "review", "qualification", "administration", "break");

    @Inject
    Sweeping sweeping;

    @Test
    void eachMomentThatWasSeenIsBookedOnce() throws SQLException {
        long seed = Long.getLong("everySecond.seed", System.nanoTime());
        int people = Integer.getInteger("everySecond.people", 5);
        System.out.println("EverySecondIT seed " + seed);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            wrong.add(new Person(seed + i).spendTime(60));
        }
        assertEquals("", String.join("", wrong));
    }

    private final class Person {

        private final long seed;
        private final Random random;
        private final WorkFixture work = new WorkFixture(60, "\"labelsWanted\": 1, \"idleSeconds\": 30, \"deadlineMinutes\": 3, \"leaseMinutes\": 1, \"prefetchLimit\": 4");
        private final TestPerson anna = TestPeople.annotator("KE");
        private final List<UUID> windows = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        private final List<Held> known = new ArrayList<>();
        private final List<String> journal = new ArrayList<>();

        Person(long seed) throws SQLException {
            this.seed = seed;
            this.random = new Random(seed);
        }

        String spendTime(int steps) throws SQLException {
            for (int i = 0; i < steps; i++) {
                pass();
                act();
            }
            TestClock.advance(Duration.ofMinutes(4));
            sweeping.endWhatIsOver();
            TestClock.advance(Duration.ofMinutes(31));
            sweeping.endWhatIsOver();
            return check();
        }

        private void pass() {
            int chance = random.nextInt(100);
            long millis = chance < 55 ? random.nextInt(6_000) : chance < 80 ? random.nextInt(20_000) : chance < 93 ? random.nextInt(50_000) : chance < 98 ? random.nextInt(240_000)
                    : random.nextInt(2_400_000);
            TestClock.advance(Duration.ofMillis(millis));
            if (random.nextInt(3) == 0) {
                sweeping.endWhatIsOver();
            }
        }

        private void act() {
            int chance = random.nextInt(100);
            if (known.isEmpty() || chance < 15) {
                claim(random.nextInt(1, 3));
            } else if (chance < 80) {
                look(windows.get(random.nextInt(windows.size())));
            } else if (chance < 92) {
                Held task = task();
                journal.add("submit " + task.id() + " " + work.submit(anna, task, "pos").extract().statusCode());
            } else {
                Held task = task();
                String way = random.nextBoolean() ? "return" : "skip";
                journal.add(way + " " + task.id() + " " + as(anna).body("{\"fencingVersion\": %s}".formatted(task.version())).post("/api/claims/{id}/{way}", task.id(), way).statusCode());
            }
        }

        private void claim(int count) {
            JsonPath got = work.claim(anna, count).extract().jsonPath();
            List<String> ids = got.getList("claims.claimId", String.class);
            for (int i = 0; ids != null && i < ids.size(); i++) {
                known.addFirst(new Held(ids.get(i), got.get("claims[%d].fencingVersion".formatted(i))));
            }
            journal.add("claim " + ids);
        }

        /** Mostly one of the latest. */
        private Held task() {
            return known.get(Math.min(known.size() - 1, random.nextInt(3) == 0 ? random.nextInt(known.size()) : random.nextInt(4)));
        }

        private void look(UUID tab) {
            int states = random.nextInt(8) == 0 ? 3 : 1;
            List<String> said = new ArrayList<>();
            long ago = states == 1 && random.nextInt(4) > 0 ? 0 : random.nextInt(random.nextInt(5) == 0 ? 120_000 : 12_000);
            for (int i = 0; i < states; i++) {
                said.add(state(ago));
                ago = random.nextLong(ago + 1);
            }
            journal.add(tab + " " + said + " " + heartbeat(anna, tab, String.join(", ", said)).extract().statusCode());
        }

        private String state(long agoMillis) {
            int chance = random.nextInt(100);
            String kind = chance < 35 ? "active" : chance < 70 ? "shown" : chance < 78 ? "hidden" : chance < 81 ? "idle" : OUTSIDE.get(random.nextInt(OUTSIDE.size()));
            return "{\"kind\": \"%s\", \"claimId\": %s, \"projectId\": %s, \"agoMillis\": %d}".formatted(kind, chance < 70 ? "\"" + task().id() + "\"" : "null",
                    random.nextBoolean() ? "\"" + work.projectId + "\"" : "null", agoMillis);
        }

        /** What is wrong, with all that led to it; nothing if each moment is where it belongs. */
        private String check() throws SQLException {
            List<Stretch> seen = new ArrayList<>();
            List<Stretch> perhaps = new ArrayList<>();
            List<Stretch> keptWithTasks = new ArrayList<>();
            List<Stretch> keptOutside = new ArrayList<>();
            for (UUID tab : windows) {
                keptWithTasks.addAll(SeenInAWindow.keptAlone(said(tab), false));
                keptOutside.addAll(SeenInAWindow.keptAlone(said(tab), true));
                seen.addAll(SeenInAWindow.of(said(tab), true));
                perhaps.addAll(SeenInAWindow.of(said(tab), false));
            }
            List<Stretch> booked = rows("""
                    select lower(span), upper(span) from worked_interval where annotator_id = ? order by 1
                    """, row -> new Stretch(millis(row, 1), millis(row, 2)), anna.personId());
            List<Stretch> twice = IntStream.range(1, booked.size()).filter(i -> booked.get(i).from() < booked.get(i - 1).to()).mapToObj(booked::get).toList();
            List<Stretch> there = new ArrayList<>(booked);
            there.addAll(rows("""
                    select lower(r), upper(r) from declaration d cross join lateral unnest(d.spans) r where d.annotator_id = ? order by 1
                    """, row -> new Stretch(millis(row, 1), millis(row, 2)), anna.personId()));
            List<Stretch> lost = Stretch.minus(seen, there);
            List<Stretch> invented = Stretch.minus(booked, perhaps);
            there.addAll(keptOutside);
            List<Stretch> undeclared = Stretch.minus(keptWithTasks, there);
            if (twice.isEmpty() && lost.isEmpty() && invented.isEmpty() && undeclared.isEmpty()) {
                return "";
            }
            long first = first();
            return told("booked twice %s, lost %s, not declared %s, invented %s".formatted(since(first, twice), since(first, lost), since(first, undeclared), since(first, invented)));
        }

        private static List<String> since(long first, List<Stretch> stretches) {
            return stretches.stream().map(s -> "%.3f to %.3f".formatted((s.from() - first) / 1000.0, (s.to() - first) / 1000.0)).toList();
        }

        /** With what was done and said, times in seconds since the first word, and what is booked. */
        private String told(String what) throws SQLException {
            List<Said> said = new ArrayList<>();
            for (UUID tab : windows) {
                said.addAll(said(tab));
            }
            long first = first();
            StringBuilder told = new StringBuilder("seed %d: %s%n".formatted(seed, what));
            journal.forEach(line -> told.append(line).append('\n'));
            said.stream().sorted(Comparator.comparingLong(Said::receivedAt)).forEach(s -> told.append("window %d %10.3f (%10.3f) %-8s %s %s%n".formatted(windows.indexOf(s.tab()),
                    (s.at() - first) / 1000.0, (s.receivedAt() - first) / 1000.0, s.kind(), s.claimId() == null ? "" : name(s.claimId()),
                    s.endedAt() == null ? "" : "%s %.3f".formatted(s.claimState(), (s.endedAt() - first) / 1000.0))));
            rows("""
                    select coalesce(claim_id, annotator_id), time_class, lower(span), upper(span) from worked_interval where annotator_id = ? order by span
                    """, row -> "%-10s %s %10.3f %10.3f%n".formatted(row.getString(2), name(row.getObject(1, UUID.class)), (millis(row, 3) - first) / 1000.0,
                    (millis(row, 4) - first) / 1000.0), anna.personId()).forEach(told::append);
            return told.toString();
        }

        private long first() throws SQLException {
            return rows("select min(at) from observation where annotator_id = ?", row -> millis(row, 1), anna.personId()).getFirst();
        }

        private static String name(UUID id) {
            return id.toString().substring(24);
        }

        private List<Said> said(UUID tab) throws SQLException {
            return rows("""
                    select o.tab, o.kind, o.claim_id, coalesce(c.project_id, o.project_id), o.at, o.received_at, c.state, coalesce(c.claimed_at, o.at), c.ended_at,
                           coalesce(c.shown_at <= c.ended_at and c.ended_at <= c.deadline_at, false)
                      from observation o left join claim c on c.claim_id = o.claim_id where o.tab = ? order by o.observation_id
                    """, row -> new Said(row.getObject(1, UUID.class), row.getString(2), row.getObject(3, UUID.class), row.getObject(4, UUID.class), millis(row, 5), millis(row, 6),
                    row.getString(7), millis(row, 8), row.getObject(9) == null ? null : millis(row, 9), row.getBoolean(10)), tab);
        }
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> rows(String sql, Reading<T> reading, UUID about) throws SQLException {
        try (var connection = TestDatabase.asOwner(); var select = connection.prepareStatement(sql)) {
            select.setObject(1, about);
            List<T> read = new ArrayList<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    read.add(reading.of(rows));
                }
            }
            return read;
        }
    }

    private static long millis(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
    }
}
