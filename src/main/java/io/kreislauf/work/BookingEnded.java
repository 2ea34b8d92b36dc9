package io.kreislauf.work;

import io.kreislauf.work.SubmissionRows.Held;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Books what was observed of tasks after they had ended without a label, and what nobody handed in or gave back. What was heard too late of tasks that
 * were handed in is declared with them.
 */
@ApplicationScoped
class BookingEnded {

    private record Ended(UUID claimId, boolean handedIn, Instant endedAt) {}

    private final DataSource dataSource;
    private final SubmissionRows rows;
    private final BookingClaims booking;

    BookingEnded(DataSource dataSource, BookingClaims booking) {
        this.dataSource = dataSource;
        this.rows = new SubmissionRows(dataSource);
        this.booking = booking;
    }

    /** The sitting is over. */
    void atEnd(UUID annotatorId) {
        for (Ended ended : Sql.list(dataSource, Ended.class, """
                select distinct c.claim_id, c.state = 'submitted', c.ended_at
                  from sitting s
                  join observation o on o.annotator_id = s.annotator_id and o.at >= s.ended_since
                  join claim c on c.claim_id = o.claim_id and (c.state in ('expired', 'lapsed', 'returned', 'skipped')
                                                               or c.state = 'submitted' and o.at < c.ended_at and (o.received_at > c.ended_at or c.ended_at > c.due_at))
                 where s.annotator_id = ?
                """, annotatorId)) {
            Held held = rows.lock(annotatorId, ended.claimId).orElseThrow();
            if (ended.handedIn) {
                booking.heardLate(annotatorId, held, ended.endedAt);
            } else {
                booking.returned(annotatorId, held, booking.unbooked(annotatorId, held, false));
            }
        }
        Sql.run(dataSource, "update sitting set ended_since = null where annotator_id = ? and ended_since is not null", annotatorId);
    }
}
