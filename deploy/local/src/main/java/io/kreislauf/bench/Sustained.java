package io.kreislauf.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The same load for many minutes on end: cycles a second and dead tuples of every half minute, as a curve. */
final class Sustained {

    private static final int EVERY_SECONDS = 30;

    private final OverHttp http;
    private final Callable<Connection> connect;

    Sustained(OverHttp http, Callable<Connection> connect) {
        this.http = http;
        this.connect = connect;
    }

    /** One point each {@value #EVERY_SECONDS} seconds. */
    ArrayNode curve(UUID projectId, int minutes) throws Exception {
        ArrayNode curve = BenchHttp.JSON.createArrayNode();
        LongAdder done = new LongAdder();
        long began = System.nanoTime();
        ClaimsBench.say("second,cyclesPerSecond,deadSlot,deadClaim,deadOutbox,outboxRows,slotOpenIndexMb");
        try (Connection connection = connect.call(); ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor()) {
            long[] before = {0, began};
            Runnable sample = () -> {
                long now = System.nanoTime();
                long count = done.sum();
                double perSecond = Math.round((count - before[0]) * 1e10 / (now - before[1])) / 10.0;
                before[0] = count;
                before[1] = now;
                point(curve, connection, Math.round((now - began) / 1e9), perSecond);
            };
            sampler.scheduleAtFixedRate(sample, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
            http.run(projectId, minutes * 60.0 + 1, Long.MAX_VALUE, done);
            sampler.shutdownNow();
        }
        return curve;
    }

    private static void point(ArrayNode curve, Connection connection, long second, double perSecond) {
        try (var row = connection.createStatement().executeQuery("""
                select (select n_dead_tup from pg_stat_user_tables where relid = 'slot'::regclass), (select n_dead_tup from pg_stat_user_tables where relid = 'claim'::regclass),
                       (select n_dead_tup from pg_stat_user_tables where relid = 'outbox'::regclass), (select count(*) from outbox),
                       pg_relation_size('slot_open') / 1048576
                """)) {
            row.next();
            curve.addObject().put("second", second).put("cyclesPerSecond", perSecond).put("deadSlot", row.getLong(1)).put("deadClaim", row.getLong(2))
                    .put("deadOutbox", row.getLong(3)).put("outboxRows", row.getLong(4)).put("slotOpenIndexMb", row.getLong(5));
            ClaimsBench.say("%d,%.1f,%d,%d,%d,%d,%d", second, perSecond, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
        } catch (SQLException failure) {
            ClaimsBench.say("a point of the curve is missing: %s", failure.getMessage());
        }
    }
}
