package io.kreislauf.work;

import io.kreislauf.work.time.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows that taking in a log reads and writes, a statement for each kind. */
final class WorklogRows {

    /** @param submissionState null: the claim ended without a label; late: the label was kept beside */
    record Known(UUID submissionId, UUID claimId, UUID annotatorId, String submissionState, boolean declared) {}

    private record Made(UUID declarationId, UUID claimId) {}

    private record Bounds(Instant from, Instant to) {}

    private final DataSource dataSource;

    WorklogRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    List<Known> known(UUID projectId, UUID[] submissionIds, UUID[] claimIds) {
        return Sql.list(dataSource, Known.class, """
                select s.submission_id, c.claim_id, c.annotator_id, case when s.late_kept then 'late' else s.state end,
                       exists (select from declaration d where d.claim_id = c.claim_id and d.source in ('log', 'demo'))
                  from claim c left join submission s on s.claim_id = c.claim_id
                 where c.project_id = ?
                   and c.claim_id in (select claim_id from submission where submission_id = any (?) union all select unnest(cast(? as uuid[])))
                """, projectId, submissionIds, claimIds);
    }

    /** Locks the time of these people, in an order that all keep. */
    void lock(Collection<UUID> annotatorIds) {
        Sql.list(dataSource, String.class, """
                select cast(pg_advisory_xact_lock(hashtextextended(id, 6)) as text)
                  from (select id from unnest(cast(? as text[])) as id order by hashtextextended(id, 6)) ordered
                """, (Object) annotatorIds.stream().map(UUID::toString).toArray(String[]::new));
    }

    List<Span> booked(UUID annotatorId) {
        return Sql.list(dataSource, Bounds.class, "select lower(span), upper(span) from worked_interval where annotator_id = ?", annotatorId).stream()
                .map(b -> new Span(b.from.toEpochMilli(), b.to.toEpochMilli())).toList();
    }

    Set<String> groupsBooked(UUID projectId, UUID annotatorId) {
        return new HashSet<>(Sql.list(dataSource, String.class, """
                select distinct group_key from declaration where project_id = ? and annotator_id = ? and group_key is not null
                """, projectId, annotatorId));
    }

    /** @return the declarations' ids by claim */
    Map<UUID, UUID> insert(UUID projectId, List<BookingDeclared.Approved> approved, List<WorklogEntry> entries, Instant now) {
        Map<UUID, Long> asked = new HashMap<>();
        Map<UUID, String> groups = new HashMap<>();
        entries.forEach(e -> {
            asked.put(e.claimId(), e.askedMillis());
            groups.put(e.claimId(), e.group());
        });
        Map<UUID, UUID> ids = new HashMap<>();
        Sql.list(dataSource, Made.class, """
                insert into declaration (annotator_id, project_id, claim_id, source, group_key, asked_millis, booked_millis, state, declared_at, decided_at)
                select d.annotator_id, ?, d.claim_id, d.source, d.group_key, d.asked, d.booked, 'approved', ?, ?
                  from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]), cast(? as text[]), cast(? as bigint[]), cast(? as bigint[]))
                       as d(annotator_id, claim_id, source, group_key, asked, booked)
                returning declaration_id, claim_id
                """, projectId, now, now, approved.stream().map(BookingDeclared.Approved::annotatorId).toArray(UUID[]::new),
                approved.stream().map(BookingDeclared.Approved::claimId).toArray(UUID[]::new),
                approved.stream().map(BookingDeclared.Approved::source).toArray(String[]::new),
                approved.stream().map(a -> groups.get(a.claimId())).toArray(String[]::new),
                approved.stream().map(a -> asked.get(a.claimId())).toArray(Long[]::new),
                approved.stream().map(BookingDeclared.Approved::millis).toArray(Long[]::new)).forEach(made -> ids.put(made.claimId, made.declarationId));
        return ids;
    }

    /** When the work was done, as the log tells it. */
    void trueTimes(List<WorklogEntry> dated) {
        Sql.run(dataSource, """
                update submission s set effective_at = cast(d.at as timestamptz)
                  from unnest(cast(? as uuid[]), cast(? as text[])) as d(claim_id, at) where s.claim_id = d.claim_id
                """, dated.stream().map(WorklogEntry::claimId).toArray(UUID[]::new), dated.stream().map(WorklogEntry::submittedAt).toArray(Instant[]::new));
    }
}
