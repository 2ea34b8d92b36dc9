package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.Outbox;
import io.kreislauf.stream.Outbox.Outgoing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** What follows from approvals: wages are due, pending declared time is booked, the label's event leaves. In batches. */
@ApplicationScoped
class ApprovingWork {

    private final ReviewRows rows;
    private final Declarations declarations;
    private final BookingOutside outside;
    private final Projects projects;
    private final DatabaseClock clock;
    private final Ledger ledger;
    private final Outbox outbox;

    ApprovingWork(DataSource dataSource, Declarations declarations, BookingOutside outside, Projects projects, DatabaseClock clock, Ledger ledger, Outbox outbox) {
        this.rows = new ReviewRows(dataSource);
        this.declarations = declarations;
        this.outside = outside;
        this.projects = projects;
        this.clock = clock;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    /** How many were approved in this transaction. */
    @Transactional
    int some(Caller caller, UUID projectId, Instant effectiveAt, int count) {
        Instant at = effectiveAt == null ? clock.now() : effectiveAt;
        List<ReviewRows.Approved> approved = rows.approveSome(projectId, caller.personId(), at, count);
        follow(approved, caller.personId(), at);
        if (!approved.isEmpty()) {
            outside.withDeed(caller.personId(), TimeClass.REVIEW, projectId, rows.latestReview(approved.getFirst().submissionId()));
        }
        return approved.size();
    }

    /** Approves what nobody reviewed in time. */
    @Transactional
    int bySilence(int count) {
        Instant at = clock.now();
        List<ReviewRows.Approved> approved = rows.approveBySilence(at, count);
        follow(approved, null, at);
        return approved.size();
    }

    /** The oldest that nobody reviewed in time. */
    @Transactional
    List<UUID> unreviewed(int count) {
        return rows.unreviewed(count);
    }

    /** One of {@link #unreviewed}. */
    @Transactional
    void bySilence(UUID submissionId) {
        Instant at = clock.now();
        follow(rows.approveBySilence(at, submissionId), null, at);
    }

    void follow(List<ReviewRows.Approved> approved, UUID reviewerId, Instant at) {
        Map<UUID, Project> known = new HashMap<>();
        List<Posting> postings = new ArrayList<>();
        List<Outgoing> facts = new ArrayList<>();
        for (ReviewRows.Approved work : approved) {
            Project project = known.computeIfAbsent(work.projectId(), projects::any);
            long supplement = project.extraPay().hazardMinor();
            if (work.rewardMinor() + supplement > 0) {
                postings.add(Posting.of(new WorkApproved(work.submissionId(), work.projectId(), new Book(project.organisationId()),
                        new Book(work.annotatorId()), project.currency(), work.rewardMinor(), supplement), at));
            }
            facts.add(LabelFact.approved(work.submissionId(), work.projectId(), work.itemId()));
        }
        declarations.approveWith(approved.stream().map(ReviewRows.Approved::claimId).toList(), reviewerId, at);
        ledger.postAll(postings);
        outbox.addAll(facts);
    }
}
