package io.kreislauf.work;

import io.kreislauf.work.SubmissionRows.Held;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Ends claims whose lease (never shown) or deadline (shown) is over, a bounded number at a time, and sittings without
 * activity. Several processes may do it at once: each takes what no other has locked.
 */
@ApplicationScoped
public class Expiring {

    static final int BATCH = 200;

    private record Due(UUID claimId, UUID annotatorId) {}

    private final DataSource dataSource;
    private final SubmissionRows rows;
    private final EndingClaims ending;
    private final BookingOutside outside;
    private final BookingEnded ended;

    Expiring(DataSource dataSource, EndingClaims ending, BookingOutside outside, BookingEnded ended) {
        this.dataSource = dataSource;
        this.rows = new SubmissionRows(dataSource);
        this.ending = ending;
        this.outside = outside;
        this.ended = ended;
    }

    /** The claims to end next; each is ended in a transaction of its own by {@link #expire}. */
    @Transactional
    List<UUID[]> due() {
        return Sql.list(dataSource, Due.class, """
                select claim_id, annotator_id from claim where state in ('claimed', 'shown') and due_at < clock_now() order by due_at limit ?
                """, BATCH).stream().map(d -> new UUID[] {d.claimId, d.annotatorId}).toList();
    }

    /** Whether the claim was still due and is ended now. */
    @Transactional
    boolean expire(UUID claimId, UUID annotatorId) {
        Held held = rows.lock(annotatorId, claimId).orElseThrow();
        boolean due = Sql.one(dataSource, Boolean.class, """
                select state in ('claimed', 'shown') and due_at < clock_now() from claim where claim_id = ?
                """, claimId).orElseThrow();
        if (due) {
            ending.end(annotatorId, held, held.state().equals("claimed") ? "lapsed" : "expired", null);
        }
        return due;
    }

    /** Annotators whose sitting is over and who have time outside tasks, or with tasks that had ended, that is not booked. */
    @Transactional
    List<UUID> sittingsOver() {
        return Sql.list(dataSource, UUID.class, """
                select annotator_id from sitting 
                 where (outside_since is not null or ended_since is not null) and last_seen_at < clock_now() - interval '30 minutes' limit ?
                """, BATCH);
    }

    @Transactional
    void endSitting(UUID annotatorId) {
        Sql.list(dataSource, Integer.class, ClaimRows.LOCK_ANNOTATOR + "select 1", annotatorId.toString());
        ended.atEnd(annotatorId);
        outside.atEnd(annotatorId);
    }
}
