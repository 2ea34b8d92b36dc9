package io.kreislauf.bench;

import io.kreislauf.bench.BenchPeople.Annotator;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The application's own statements and commits for claim and submit, sent bare over one connection into {@link BareTables}:
 * their texts are read from the application's classes, so that both run the same.
 */
final class BareStatements implements Cycles.Turn, AutoCloseable {

    private static final String CLAIM = text("io.kreislauf.work.ClaimSql", "CLAIM_ANY");
    private static final String HELD = text("io.kreislauf.work.SubmissionRows", "HELD");
    private static final String SUBMIT = text("io.kreislauf.work.SubmissionRows", "SUBMIT");
    private static final String OUTBOX = text("io.kreislauf.stream.Outbox", "INSERT");

    private final Connection connection;
    private final PreparedStatement claim;
    private final PreparedStatement held;
    private final PreparedStatement submit;
    private final PreparedStatement outbox;
    private final UUID projectId;
    private final List<Annotator> annotators;
    private int turn;
    /** Like a process of the application it goes on from the rank of the slot taken last. */
    private long place = ThreadLocalRandom.current().nextLong();

    BareStatements(Properties stack, UUID projectId, List<Annotator> annotators) throws SQLException {
        this.connection = DriverManager.getConnection(stack.getProperty("jdbc.url") + "?currentSchema=" + BareTables.SCHEMA + ",public",
                stack.getProperty("app.username"), stack.getProperty("app.password"));
        connection.setAutoCommit(false);
        this.claim = connection.prepareStatement(CLAIM);
        this.held = connection.prepareStatement(HELD);
        this.submit = connection.prepareStatement(SUBMIT);
        this.outbox = connection.prepareStatement(OUTBOX);
        this.projectId = projectId;
        this.annotators = annotators;
    }

    private static String text(String type, String field) {
        try {
            var constant = Class.forName(type).getDeclaredField(field);
            constant.setAccessible(true);
            return (String) constant.get(null);
        } catch (ReflectiveOperationException moved) {
            throw new IllegalStateException("The statement %s.%s has moved; tell the benchmark where.".formatted(type, field), moved);
        }
    }

    @Override
    public long[] take() throws SQLException {
        UUID me = annotators.get(turn++ % annotators.size()).personId();
        long began = System.nanoTime();
        UUID claimId = claimed(me, place);
        if (claimId == null) {
            claimId = claimed(me, Long.MIN_VALUE);
        }
        connection.commit();
        if (claimId == null) {
            return null;
        }
        long between = System.nanoTime();
        submitted(me, claimId);
        connection.commit();
        return new long[] {between - began, System.nanoTime() - between};
    }

    private UUID claimed(UUID me, long fromRank) throws SQLException {
        bind(claim, me.toString(), me, 1, 1, projectId, fromRank);
        try (ResultSet row = last(claim)) {
            if (!row.next()) {
                return null;
            }
            place = row.getLong(row.getMetaData().getColumnCount());
            return row.getObject(1, UUID.class);
        }
    }

    private void submitted(UUID me, UUID claimId) throws SQLException {
        bind(held, me.toString(), claimId, me);
        OffsetDateTime now;
        UUID slotId;
        UUID itemId;
        try (ResultSet row = last(held)) {
            row.next();
            now = row.getObject(1, OffsetDateTime.class);
            slotId = row.getObject(3, UUID.class);
            itemId = row.getObject(5, UUID.class);
        }
        Array none = connection.createArrayOf("text", new String[0]);
        bind(submit, "{\"q\": \"a\"}", now, 0L, now.plusDays(7), now, false, claimId, now, claimId, claimId, itemId, slotId, false, "direct",
                LocalDate.of(now.getYear(), now.getMonth(), 1), none, none, claimId);
        UUID submissionId;
        try (ResultSet row = last(submit)) {
            row.next();
            submissionId = row.getObject(1, UUID.class);
        }
        bind(outbox, connection.createArrayOf("text", new String[] {"labels"}), connection.createArrayOf("uuid", new UUID[] {itemId}),
                connection.createArrayOf("text", new String[] {"io.kreislauf.label.submitted.v1"}), connection.createArrayOf("text", new String[] {"""
                {"submissionId": "%s", "projectId": "%s", "itemId": "%s", "annotatorId": "%s", "answer": {"q": "a"}, "counts": true}
                """.formatted(submissionId, projectId, itemId, me)}));
        outbox.executeUpdate();
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (values[i] instanceof Array array) {
                statement.setArray(i + 1, array);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    private static ResultSet last(PreparedStatement statement) throws SQLException {
        statement.execute();
        ResultSet rows = statement.getResultSet();
        while (statement.getMoreResults(PreparedStatement.KEEP_CURRENT_RESULT)) {
            rows = statement.getResultSet();
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
