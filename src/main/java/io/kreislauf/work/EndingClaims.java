package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.WorkReturned;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.project.Closing;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import io.kreislauf.work.SubmissionRows.Held;
import io.kreislauf.work.time.Attribution.Time;
import io.kreislauf.work.time.Intervals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Ends a claim without a label: its time is booked as returned, its slot is open for others. Time spent stays spent. */
@ApplicationScoped
class EndingClaims {

    private final SubmissionRows rows;
    private final TimeRows times;
    private final BookingTime booking;
    private final DeclaringOffline offline;
    private final TimeWages wages;
    private final Projects projects;
    private final Closing closing;
    private final Ledger ledger;

    EndingClaims(DataSource dataSource, BookingTime booking, DeclaringOffline offline, TimeWages wages, Projects projects, Closing closing, Ledger ledger) {
        this.rows = new SubmissionRows(dataSource);
        this.times = new TimeRows(dataSource);
        this.booking = booking;
        this.offline = offline;
        this.wages = wages;
        this.projects = projects;
        this.closing = closing;
        this.ledger = ledger;
    }

    /**
     * @param state returned, skipped, expired or lapsed
     * @return the time booked, in milliseconds
     */
    long end(UUID annotatorId, Held held, String state, String reason) {
        boolean freed = rows.end(held, state, reason);
        long booked = held.shownAt() == null ? 0 : book(annotatorId, held, !state.equals("expired"));
        if (freed && held.projectOver()) {
            closing.slotsFreed(held.projectId(), List.of(held.slotId()), null);
            closing.settle(held.projectId(), null);
        }
        return booked;
    }

    private long book(UUID annotatorId, Held held, boolean heard) {
        Time time = booking.unbooked(annotatorId, held.claimId(), held.claimedAt(), held.idleMillis(), held.now(), heard);
        if (time.observed().isEmpty() && time.offline().isEmpty()) {
            return 0;
        }
        Project project = projects.any(held.projectId());
        LabourMillis labour = LabourMillis.observed(Intervals.millis(time.observed()));
        LocalDate period = BookingTime.periodOf(held.now());
        times.insert(annotatorId, held.projectId(), held.claimId(), "returned", "observed", period, time.observed());
        Wage wage = wages.accrue(project, annotatorId, TimeClass.RETURNED, labour, period, held.now());
        ledger.post(new WorkReturned(held.claimId(), held.projectId(), new Book(held.organisationId()), new Book(annotatorId), labour, wage), null);
        offline.declare(annotatorId, held.claimId(), project, time.offline(), held.now());
        return labour.observedMillis();
    }
}
