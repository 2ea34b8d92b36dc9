package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.LateLabelCounted;
import io.kreislauf.ledger.LabourEvent.WorkReturned;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import io.kreislauf.work.SubmissionRows.Held;
import io.kreislauf.work.time.Attribution.Time;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The time of one claim when it ends: found, given its class, written into both books, with the wage it brings. */
@ApplicationScoped
class BookingClaims {

    private final TimeRows times;
    private final BookingTime booking;
    private final DeclaringOffline offline;
    private final TimeWages wages;
    private final Projects projects;
    private final Ledger ledger;

    BookingClaims(DataSource dataSource, BookingTime booking, DeclaringOffline offline, TimeWages wages, Projects projects, Ledger ledger) {
        this.times = new TimeRows(dataSource);
        this.booking = booking;
        this.offline = offline;
        this.wages = wages;
        this.projects = projects;
        this.ledger = ledger;
    }

    /**
     * What belongs to the claim and is not booked; nothing if its task was never shown. What shows a task whose lease is over makes it no shown one,
     * but its time is time. {@code heard}: the page is heard of right now.
     */
    Time unbooked(UUID annotatorId, Held held, boolean heard) {
        return held.shownAt() == null && held.state().equals("claimed") ? Time.NONE
                : booking.unbooked(annotatorId, held.claimId(), held.claimedAt(), held.idleMillis(), held.now(), heard);
    }

    /** What was told of a task only after it was handed in, and is not booked, is declared like all that a page kept for itself. */
    void heardLate(UUID annotatorId, Held held, Instant handedInAt) {
        Time time = booking.unbooked(annotatorId, held.claimId(), held.claimedAt(), held.idleMillis(), handedInAt, false);
        List<Span> late = new ArrayList<>(time.observed());
        late.addAll(time.offline());
        offline.declare(annotatorId, held.claimId(), projects.any(held.projectId()), Intervals.union(late), held.now());
    }

    /** What was booked when the claim's time was over. */
    LabourMillis bookedAtTimeOut(UUID claimId) {
        LabourMillis booked = LabourMillis.NONE;
        for (TimeRows.Booked part : times.bookedWith(claimId)) {
            booked = booked.plus(part.source().equals("observed") ? LabourMillis.observed(part.millis()) : LabourMillis.declared(part.millis()));
        }
        return booked;
    }

    /**
     * The claim ends or ended without a label: its time belongs to the period in which it was spent. Gives the milliseconds booked.
     */
    long returned(UUID annotatorId, Held held, Time time) {
        if (time.observed().isEmpty() && time.offline().isEmpty()) {
            return 0;
        }
        Project project = projects.any(held.projectId());
        offline.declare(annotatorId, held.claimId(), project, time.offline(), held.now());
        if (time.observed().isEmpty()) {
            return 0;
        }
        UUID first = null;
        long minor = 0;
        for (var month : BookingTime.byPeriod(time.observed()).entrySet()) {
            List<UUID> intervals = times.insert(annotatorId, held.projectId(), held.claimId(), "returned", "observed", month.getKey(), month.getValue());
            first = first == null ? intervals.getFirst() : first;
            minor += wages.accrue(project, annotatorId, held.claimId(), TimeClass.RETURNED, LabourMillis.observed(Intervals.millis(month.getValue())), month.getKey(),
                    held.now()).minor();
        }
        LabourMillis labour = LabourMillis.observed(Intervals.millis(time.observed()));
        var event = new WorkReturned(held.claimId(), held.projectId(), new Book(held.organisationId()), new Book(annotatorId), labour,
                new Wage(project.currency(), minor));
        ledger.post(event, null, held.isOpen() ? event.idempotencyKey() : "WorkReturned:%s:%s".formatted(held.claimId(), first));
        return labour.observedMillis();
    }

    /**
     * A label was handed in; its observed intervals were inserted with it.
     *
     * @param kept     late and beside its slot: the time stays returned
     * @param returned what was booked at the time-out, which moves to {@code direct} unless the label is kept beside
     */
    void submitted(UUID annotatorId, Held held, UUID submissionId, boolean kept, Time time, LabourMillis returned, Instant effectiveAt) {
        LabourMillis fresh = LabourMillis.observed(Intervals.millis(time.observed()));
        if (fresh.isNone() && returned.isNone() && time.offline().isEmpty()) {
            return;
        }
        Project project = projects.any(held.projectId());
        LocalDate period = BookingTime.periodOf(effectiveAt);
        Book organisation = new Book(held.organisationId());
        Book annotator = new Book(annotatorId);
        List<Posting> postings = new ArrayList<>();
        if (!returned.isNone() && !kept) {
            boolean released = times.taken(held.claimId());
            times.count(annotatorId, held.claimId(), period);
            postings.add(Posting.of(new LateLabelCounted(submissionId, held.projectId(), organisation, annotator, returned, released), effectiveAt));
        }
        if (!fresh.isNone()) {
            Wage wage = kept ? wages.accrue(project, annotatorId, held.claimId(), TimeClass.RETURNED, fresh, period, effectiveAt)
                    : wages.accrueForLabel(project, annotatorId, submissionId, fresh, period, effectiveAt);
            postings.add(kept
                    ? new Posting(new WorkReturned(held.claimId(), held.projectId(), organisation, annotator, fresh, wage), effectiveAt,
                            "WorkReturned:%s:late".formatted(held.claimId()))
                    : Posting.of(new WorkSubmitted(submissionId, held.projectId(), organisation, annotator, fresh, wage), effectiveAt));
        }
        ledger.postAll(postings);
        offline.declare(annotatorId, held.claimId(), project, time.offline(), held.now());
    }
}
