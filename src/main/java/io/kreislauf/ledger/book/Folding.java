package io.kreislauf.ledger.book;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Moves the watermark over settled entries, so that a balance reads days and a short tail instead of the past. */
@ApplicationScoped
public class Folding {

    private static final int ENTRIES_PER_RUN_MAX = 20_000;
    private static final int GUARD_ROWS_MIN = 200;

    private final DataSource dataSource;

    public Folding(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Scheduled(every = "${kreislauf.ledger.fold-every:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void now() {
        untilSettled();
    }

    /** Folds until nothing settled is left; returns how many entries were folded. */
    public int untilSettled() {
        try (var connection = dataSource.getConnection(); var sql = connection.createStatement()) {
            var folded = 0;
            int some;
            do {
                try (var row = sql.executeQuery("select ledger_fold_settled(" + ENTRIES_PER_RUN_MAX + ")")) {
                    row.next();
                    some = row.getInt(1);
                }
                folded += some;
            } while (some > 0);
            if (folded > 0) {
                sql.execute("select ledger_fold_guards(" + GUARD_ROWS_MIN + ")");
            }
            return folded;
        } catch (SQLException failure) {
            throw new IllegalStateException("The ledger could not be folded.", failure);
        }
    }
}
