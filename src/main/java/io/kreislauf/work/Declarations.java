package io.kreislauf.work;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Declared time that waits for approval, and its approval: by a reviewer, with the work it belongs to, or by silence. */
@ApplicationScoped
class Declarations {

    private record Times(String froms, String tos) {}

    /** @param froms when its spans begin, in milliseconds, separated by commas */
    private record Pending(UUID declarationId, UUID annotatorId, UUID projectId, UUID claimId, String source,
                           String submissionState, Instant effectiveAt, String froms, String tos) {}

    private static final String APPROVE = """
            ), decided as (
                update declaration d set state = 'approved', decided_by = cast(? as uuid), decided_at = coalesce(cast(? as timestamptz), clock_now())
                  from picked where d.declaration_id = picked.declaration_id
            )
            select d.declaration_id, d.annotator_id, d.project_id, d.claim_id, d.source,
                   case when s.late_kept then 'late' else s.state end, coalesce(s.effective_at, c.ended_at),
                   (select string_agg(cast(cast(extract(epoch from lower(r)) * 1000 as bigint) as text), ',' order by r) from unnest(d.spans) as r),
                   (select string_agg(cast(cast(extract(epoch from upper(r)) * 1000 as bigint) as text), ',' order by r) from unnest(d.spans) as r)
              from picked join declaration d on d.declaration_id = picked.declaration_id
              join claim c on c.claim_id = d.claim_id
              left join submission s on s.claim_id = d.claim_id
             order by d.annotator_id, d.declaration_id
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
        book(Sql.list(dataSource, Pending.class, """
                with picked as materialized (
                    select declaration_id from declaration where claim_id = any (?) and state = 'pending' for no key update
                """ + APPROVE, claimIds.toArray(UUID[]::new), reviewerId, at));
    }

    /** @return whether it was still pending */
    boolean approve(UUID declarationId, UUID reviewerId, Instant at) {
        List<Pending> picked = Sql.list(dataSource, Pending.class, """
                with picked as materialized (
                    select declaration_id from declaration where declaration_id = ? and state = 'pending' for no key update
                """ + APPROVE, declarationId, reviewerId, at);
        book(picked);
        return !picked.isEmpty();
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
        List<Pending> picked = Sql.list(dataSource, Pending.class, """
                with picked as materialized (
                    select declaration_id from declaration where state = 'pending' and decide_until < clock_now()
                     order by decide_until limit ? for no key update skip locked
                """ + APPROVE, count, null, null);
        book(picked);
        return picked.size();
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
                    d.claimId, classOf(d.submissionState), d.source, left, d.effectiveAt, d.submissionState != null));
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
