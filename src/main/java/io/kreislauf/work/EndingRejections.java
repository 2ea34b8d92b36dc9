package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.WageEvent.RejectionFinal;
import io.kreislauf.ledger.WageEvent.RejectionOverturned;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.project.Closing;
import io.kreislauf.stream.Outbox;
import io.kreislauf.work.ReviewRows.Judged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** How rejections end: overturned by an appeal that is won, or final, which gives back what was kept in escrow for them. */
@ApplicationScoped
class EndingRejections {

    private final ReviewRows rows;
    private final TimeRows times;
    private final Ledger ledger;
    private final Outbox outbox;
    private final ApprovingParts parts;
    private final Closing closing;

    EndingRejections(DataSource dataSource, Ledger ledger, Outbox outbox, ApprovingParts parts, Closing closing) {
        this.rows = new ReviewRows(dataSource);
        this.times = new TimeRows(dataSource);
        this.ledger = ledger;
        this.outbox = outbox;
        this.parts = parts;
        this.closing = closing;
    }

    /** Up to {@code count} rejections become final because nobody contested them in time. */
    @Transactional
    int finish(int count) {
        Set<UUID> projects = new HashSet<>(rows.projectsOfRejectionsOver(count));
        projects.addAll(parts.projectsOver(count));
        closing.hold(projects);
        List<Judged> over = rows.rejectionsOver(projects, count);
        over.forEach(work -> bookFinal(work, work.appealUntil()));
        int inParts = parts.finish(projects, count);
        projects.forEach(projectId -> closing.settle(projectId, null));
        return Math.max(over.size(), inParts);
    }

    /** The appeal is won; who decides it has locked the work. */
    void overturn(UUID appealId, Judged work, Instant at) {
        if (work.inParts()) {
            closing.hold(List.of(work.projectId()));
            parts.restore(work, at);
            return;
        }
        LabourMillis labour = new LabourMillis(work.observedMillis(), work.declaredMillis());
        rows.restore(work, BookingTime.periodOf(work.effectiveAt()), at);
        ledger.post(new RejectionOverturned(appealId, work.submissionId(), work.projectId(), new Book(work.organisationId()),
                new Book(work.annotatorId()), work.currency(), work.heldMinor(), labour, times.taken(work.claimId())), at);
        times.move(work.claimId(), "rejected", "direct");
        outbox.addAll(List.of(LabelFact.restored(work.submissionId(), work.projectId(), work.itemId())));
    }

    /** The appeal is lost; who decides it has locked the work. */
    void uphold(Judged work, Instant at) {
        closing.hold(List.of(work.projectId()));
        if (work.inParts()) {
            parts.keepRefused(work, at);
        } else {
            rows.rejectionFinal(work.submissionId(), at);
            bookFinal(work, at);
        }
        closing.settle(work.projectId(), null);
    }

    private void bookFinal(Judged work, Instant at) {
        if (work.heldMinor() > 0) {
            ledger.post(new RejectionFinal(work.submissionId(), work.projectId(), new Book(work.organisationId()), work.currency(), work.heldMinor()), at);
        }
    }
}
