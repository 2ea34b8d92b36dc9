package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.project.Projects;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Declared time that waits for approval, and its approval: by a reviewer, with the work it belongs to, or by silence. */
@ApplicationScoped
class Declarations {

    private record Candidate(UUID declarationId, UUID annotatorId, UUID claimId) {}

    private record Times(String froms, String tos) {}

    /** @param froms when its spans begin, in milliseconds, separated by commas */
    private record Pending(UUID declarationId, UUID annotatorId, UUID projectId, UUID claimId, String timeClass, String source,
                           String submissionState, Instant effectiveAt, String froms, String tos) {}

    private static final String CANDIDATES = "select declaration_id, annotator_id, claim_id from declaration where state = 'pending' and ";

    /** What is booked with it stands in the books in this order: in that of people, two organisations could tell who is who by it. */
    private static final String APPROVE = """
            with picked as materialized (
                select declaration_id from declaration where declaration_id = any (?) and state = 'pending' for no key update
            ), decided as (
                update declaration d set state = 'approved', decided_by = cast(? as uuid), decided_at = coalesce(cast(? as timestamptz), clock_now())
                  from picked where d.declaration_id = picked.declaration_id
            )
            select d.declaration_id, d.annotator_id, d.project_id, d.claim_id, d.time_class, d.source,
                   case when s.late_kept then 'late' else s.state end, coalesce(s.effective_at, c.ended_at, d.declared_at),
                   (select string_agg(cast(cast(extract(epoch from lower(r)) * 1000 as bigint) as text), ',' order by r) from unnest(d.spans) as r),
                   (select string_agg(cast(cast(extract(epoch from upper(r)) * 1000 as bigint) as text), ',' order by r) from unnest(d.spans) as r)
              from picked join declaration d on d.declaration_id = picked.declaration_id
              left join claim c on c.claim_id = d.claim_id
              left join submission s on s.claim_id = d.claim_id
             order by d.declaration_id
            """;

    private final DataSource dataSource;
    private final TimeRows times;
    private final BookingDeclared booking;
    private final Projects projects;

    Declarations(DataSource dataSource, BookingDeclared booking, Projects projects) {
        this.dataSource = dataSource;
        this.times = new TimeRows(dataSource);
        this.booking = booking;
        this.projects = projects;
    }

    /** Approves what is pending for claims whose work is approved. */
    void approveWith(Collection<UUID> claimIds, UUID reviewerId, Instant at) {
        approve(Sql.list(dataSource, Candidate.class, CANDIDATES + "claim_id = any (?) order by annotator_id", (Object) claimIds.toArray(UUID[]::new)),
                true, reviewerId, at);
    }

    /** @return whether it was still pending @throws Refusal BEING_HANDED_IN */
    boolean approve(UUID declarationId, UUID reviewerId, Instant at) {
        List<Candidate> found = Sql.list(dataSource, Candidate.class, CANDIDATES + "declaration_id = ?", declarationId);
        if (!found.isEmpty() && decidable(found, true).isEmpty()) {
            throw Refusal.conflict("BEING_HANDED_IN", "The work that this time belongs to is being handed in at this moment.", "Try again.");
        }
        return approve(found, true, reviewerId, at) > 0;
    }

    private int approve(List<Candidate> found, boolean waiting, UUID reviewerId, Instant at) {
        List<UUID> decidable = found.isEmpty() ? List.of() : decidable(found, waiting);
        if (decidable.isEmpty()) {
            return 0;
        }
        List<Pending> approved = Sql.list(dataSource, Pending.class, APPROVE, decidable.toArray(UUID[]::new), reviewerId, at);
        book(approved);
        return approved.size();
    }

    /**
     * Those whose work nobody else is deciding on. The class of declared time is that of its work, so the submissions are locked first, in the order in
     * which reviewing locks them, and then the time of the annotators, without which nothing is handed in; what was handed in between the two is left
     * to another try, for to wait for it here could be to wait for each other.
     *
     * @param found   by annotator
     * @param waiting for those that others hold; else they are left out
     */
    private List<UUID> decidable(List<Candidate> found, boolean waiting) {
        UUID[] claims = found.stream().map(Candidate::claimId).toArray(UUID[]::new);
        Set<UUID> locked = new HashSet<>(Sql.list(dataSource, UUID.class, """
                select claim_id from submission where claim_id = any (?) order by submission_id for no key update
                """ + (waiting ? "" : "skip locked"), (Object) claims));
        found.stream().map(Candidate::annotatorId).distinct()
                .forEach(annotator -> Sql.list(dataSource, Integer.class, ClaimRows.LOCK_ANNOTATOR + "select 1", annotator.toString()));
        Set<UUID> handedIn = new HashSet<>(Sql.list(dataSource, UUID.class, "select claim_id from submission where claim_id = any (?)", (Object) claims));
        return found.stream().filter(c -> locked.contains(c.claimId) || !handedIn.contains(c.claimId)).map(Candidate::declarationId).toList();
    }

    /** @return whether it was still pending */
    boolean refuse(UUID declarationId, UUID reviewerId) {
        return Sql.run(dataSource, """
                update declaration set state = 'refused', decided_by = ?, decided_at = clock_now() where declaration_id = ? and state = 'pending'
                """, reviewerId, declarationId) > 0;
    }

    /** What the annotator has asked for and nobody has decided. */
    List<Span> pendingSpans(UUID annotatorId) {
        return Sql.list(dataSource, Times.class, """
                select (select string_agg(cast(cast(extract(epoch from lower(r)) * 1000 as bigint) as text), ',' order by r) from unnest(spans) as r),
                       (select string_agg(cast(cast(extract(epoch from upper(r)) * 1000 as bigint) as text), ',' order by r) from unnest(spans) as r)
                  from declaration where annotator_id = ? and state = 'pending'
                """, annotatorId).stream().flatMap(t -> spans(t.froms, t.tos).stream()).toList();
    }

    /** Approves what nobody decided in time. */
    @Transactional
    int bySilence(int count) {
        return approve(Sql.list(dataSource, Candidate.class, """
                select declaration_id, annotator_id, claim_id
                  from (select * from declaration where state = 'pending' and decide_until < clock_now() order by decide_until limit ?) over
                 order by annotator_id
                """, count), false, null, null);
    }

    /** The oldest that nobody decided in time. */
    @Transactional
    List<UUID> undecided(int count) {
        return Sql.list(dataSource, UUID.class, """
                select declaration_id from declaration where state = 'pending' and decide_until < clock_now() order by decide_until limit ?
                """, count);
    }

    /** One of {@link #undecided}. */
    @Transactional
    void bySilence(UUID declarationId) {
        approve(Sql.list(dataSource, Candidate.class, CANDIDATES + "declaration_id = ? and decide_until < clock_now()", declarationId), false, null, null);
    }

    /** Observed time goes first: of what was declared only that is booked which is booked to nothing else. */
    private void book(List<Pending> approved) {
        Map<UUID, List<BookingDeclared.Approved>> byProject = new HashMap<>();
        Map<UUID, List<Span>> taken = new HashMap<>();
        for (Pending d : approved) {
            List<Span> asked = spans(d.froms, d.tos);
            if (asked.isEmpty()) {
                continue;
            }
            Sql.list(dataSource, Integer.class, ClaimRows.LOCK_ANNOTATOR + "select 1", d.annotatorId.toString());
            List<Span> booked = new ArrayList<>(times.booked(d.annotatorId, asked.getFirst().from(), asked.getLast().to()));
            booked.addAll(taken.getOrDefault(d.annotatorId, List.of()));
            List<Span> left = Intervals.cutAtMidnight(Intervals.minus(asked, booked));
            taken.computeIfAbsent(d.annotatorId, a -> new ArrayList<>()).addAll(left);
            byProject.computeIfAbsent(d.projectId, p -> new ArrayList<>()).add(new BookingDeclared.Approved(d.declarationId, d.annotatorId,
                    d.claimId, d.timeClass == null ? classOf(d.submissionState) : TimeClass.valueOf(d.timeClass.toUpperCase(Locale.ROOT)), d.source, left, d.effectiveAt, d.submissionState != null));
        }
        byProject.forEach((projectId, declarations) -> {
            booking.book(projects.any(projectId), declarations);
            declarations.forEach(d -> Sql.run(dataSource, "update declaration set booked_millis = ?, spans = '{}' where declaration_id = ?",
                    d.millis(), d.declarationId()));
        });
    }

    /** What time of a claim is booked as. */
    static TimeClass classOf(String submissionState) {
        if (submissionState == null || submissionState.equals("late")) {
            return TimeClass.RETURNED;
        }
        return submissionState.startsWith("rejec") ? TimeClass.REJECTED : TimeClass.DIRECT;
    }

    private static List<Span> spans(String froms, String tos) {
        if (froms == null) {
            return List.of();
        }
        long[] from = Arrays.stream(froms.split(",")).mapToLong(Long::parseLong).toArray();
        long[] to = Arrays.stream(tos.split(",")).mapToLong(Long::parseLong).toArray();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            spans.add(new Span(from[i], to[i]));
        }
        return spans;
    }
}
