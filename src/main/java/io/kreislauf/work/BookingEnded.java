package io.kreislauf.work;

import io.kreislauf.work.SubmissionRows.Held;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import javax.sql.DataSource;

/** Books what was observed of tasks after they had ended without a label, and what nobody handed in or gave back. */
@ApplicationScoped
class BookingEnded {

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
        for (UUID claimId : Sql.list(dataSource, UUID.class, """
                select distinct c.claim_id
                  from sitting s
                  join observation o on o.annotator_id = s.annotator_id and o.at >= s.ended_since
                  join claim c on c.claim_id = o.claim_id and c.state in ('expired', 'lapsed', 'returned', 'skipped')
                 where s.annotator_id = ?
                """, annotatorId)) {
            Held held = rows.lock(annotatorId, claimId).orElseThrow();
            booking.returned(annotatorId, held, booking.unbooked(annotatorId, held, false));
        }
        Sql.run(dataSource, "update sitting set ended_since = null where annotator_id = ? and ended_since is not null", annotatorId);
    }
}
