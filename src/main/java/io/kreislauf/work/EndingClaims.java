package io.kreislauf.work;

import io.kreislauf.project.Closing;
import io.kreislauf.work.SubmissionRows.Held;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Ends a claim without a label: its time is booked as returned, its slot is open for others. Time spent stays spent. */
@ApplicationScoped
class EndingClaims {

    private final SubmissionRows rows;
    private final BookingClaims booking;
    private final Closing closing;

    EndingClaims(DataSource dataSource, BookingClaims booking, Closing closing) {
        this.rows = new SubmissionRows(dataSource);
        this.booking = booking;
        this.closing = closing;
    }

    /**
     * @param state returned, skipped, expired or lapsed
     * @return the time booked, in milliseconds
     */
    long end(UUID annotatorId, Held held, String state, String reason) {
        boolean freed = rows.end(held, state, reason);
        long booked = booking.returned(annotatorId, held, booking.unbooked(annotatorId, held, !state.equals("expired")));
        if (freed) {
            closing.slotsFreed(held.projectId(), List.of(held.slotId()), null);
        }
        return booked;
    }

    /** What had timed out is given up: books what was observed of it since. @return the time booked now, in milliseconds */
    long letGo(UUID annotatorId, Held held, String state, String reason) {
        rows.letGo(held, state, reason);
        return booking.returned(annotatorId, held, booking.unbooked(annotatorId, held, false));
    }
}
