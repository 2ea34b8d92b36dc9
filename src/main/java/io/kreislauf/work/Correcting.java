package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Pseudonyms;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * An annotator says that a task took more time than was observed, or that part of the observed time was none. Both
 * figures are kept. More is booked as declared time once a reviewer approves it, or nobody decides in time; "I was away"
 * is noted beside what was observed, which stays.
 */
@ApplicationScoped
public class Correcting {

    /** @param millis more than was observed; negative: that much of the observed time was none */
    public record Correction(Long millis, String reason) {}

    /** @param annotator the organisation's pseudonym; null: one's own */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Declared(UUID declarationId, UUID claimId, UUID annotator, String source, long askedMillis, long bookedMillis, String reason,
                           String state, Instant declaredAt, Instant decideUntil) {}

    private record Row(UUID declarationId, UUID claimId, UUID annotatorId, String source, long askedMillis, long bookedMillis, String reason,
                       String state, Instant declaredAt, Instant decideUntil) {}

    private record Ended(UUID projectId, Instant claimedAt, Instant endedAt, int reviewDays) {}

    private record Owner(UUID organisationId, UUID annotatorId) {}

    private static final String ROW = """
            select declaration_id, claim_id, annotator_id, source, asked_millis, booked_millis, reason, state, declared_at, decide_until from declaration
            """;

    static final String OWN = ROW + """
             where annotator_id = ? and (cast(? as uuid) is null or declaration_id < ?) order by declaration_id desc limit ?
            """;

    /** A plain {@code =} would make half of the order superfluous, and a walk over those of all projects look as cheap where a log declared most of them. */
    static final String PENDING = ROW + """
             where project_id = any (array[cast(? as uuid)]) and state = 'pending' and (cast(? as uuid) is null or declaration_id > ?)
             order by project_id, declaration_id limit ?
            """;

    private final DataSource dataSource;
    private final TimeRows times;
    private final Declarations declarations;
    private final Projects projects;
    private final Pseudonyms pseudonyms;
    private final DatabaseClock clock;

    Correcting(DataSource dataSource, Declarations declarations, Projects projects, Pseudonyms pseudonyms, DatabaseClock clock) {
        this.dataSource = dataSource;
        this.times = new TimeRows(dataSource);
        this.declarations = declarations;
        this.projects = projects;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
    }

    /** @throws Refusal NOT_FOUND, NOT_ENDED, MORE_THAN_FREE, MORE_THAN_BOOKED, or naming the field at fault */
    @Transactional
    public Declared correct(Caller caller, UUID claimId, Correction correction) {
        if (correction == null || correction.millis() == null || correction.millis() == 0) {
            throw Refusal.invalid("millis", "A correction is a number of milliseconds, not 0.", "Send a negative number for time you were away.");
        }
        if (correction.reason() == null || correction.reason().isBlank() || correction.reason().length() > Reviewing.REASON_LENGTH_MAX) {
            throw Refusal.invalid("reason", "A correction has a reason of 1 to %d characters.".formatted(Reviewing.REASON_LENGTH_MAX), "Say what happened.");
        }
        Sql.list(dataSource, Integer.class, ClaimRows.LOCK_ANNOTATOR + "select 1", caller.personId().toString());
        Ended claim = Sql.one(dataSource, Ended.class, """
                select c.project_id, c.claimed_at, c.ended_at, p.review_days from claim c join project p on p.project_id = c.project_id
                 where c.claim_id = ? and c.annotator_id = ?
                """, claimId, caller.personId()).orElseThrow(() -> Refusal.missing("claim", claimId));
        if (claim.endedAt == null) {
            throw Refusal.conflict("NOT_ENDED", "The task is still open.", "Submit or return it first.");
        }
        return correction.millis() > 0 ? more(caller, claimId, claim, correction) : away(caller, claimId, claim, correction);
    }

    private Declared more(Caller caller, UUID claimId, Ended claim, Correction correction) {
        long from = claim.claimedAt.toEpochMilli();
        long to = claim.endedAt.toEpochMilli();
        List<Span> taken = new ArrayList<>(times.booked(caller.personId(), from, Math.max(to, from + 1)));
        taken.addAll(declarations.pendingSpans(caller.personId()));
        long free = to > from ? Intervals.millis(Intervals.minus(List.of(new Span(from, to)), taken)) : 0;
        if (correction.millis() > free) {
            throw Refusal.conflict("MORE_THAN_FREE", "Between claim and submit %d ms are booked to nothing else.".formatted(free),
                    "Ask for that much at most.");
        }
        List<Span> spans = Intervals.lastFree(to, correction.millis(), taken);
        Instant now = clock.now();
        return shown(Sql.one(dataSource, Row.class, """
                insert into declaration (annotator_id, project_id, claim_id, source, asked_millis, reason, state, declared_at, decide_until, spans)
                values (?, ?, ?, 'correction', ?, ?, 'pending', ?, ?, cast(? as tstzmultirange))
                returning declaration_id, claim_id, annotator_id, source, asked_millis, booked_millis, reason, state, declared_at, decide_until
                """, caller.personId(), claim.projectId, claimId, correction.millis(), correction.reason().strip(), now,
                now.plus(Duration.ofDays(claim.reviewDays)), DeclaringOffline.multirange(spans)).orElseThrow(), null);
    }

    private Declared away(Caller caller, UUID claimId, Ended claim, Correction correction) {
        long booked = times.bookedWith(claimId).stream().mapToLong(TimeRows.Booked::millis).sum();
        long noted = Sql.one(dataSource, Long.class, """
                select cast(coalesce(-sum(asked_millis), 0) as bigint) from declaration where claim_id = ? and state = 'noted'
                """, claimId).orElseThrow();
        if (correction.millis() < noted - booked) {
            throw Refusal.conflict("MORE_THAN_BOOKED", "%d ms are booked with this task, of which you said you were away for %d.".formatted(booked, noted),
                    "Say %d at most.".formatted(booked - noted));
        }
        return shown(Sql.one(dataSource, Row.class, """
                insert into declaration (annotator_id, project_id, claim_id, source, asked_millis, reason, state, declared_at)
                values (?, ?, ?, 'correction', ?, ?, 'noted', clock_now())
                returning declaration_id, claim_id, annotator_id, source, asked_millis, booked_millis, reason, state, declared_at, decide_until
                """, caller.personId(), claim.projectId, claimId, correction.millis(), correction.reason().strip()).orElseThrow(), null);
    }

    /** A decision that repeats itself changes nothing. @throws Refusal NOT_FOUND, OWN_WORK, ALREADY_DECIDED */
    @Transactional
    public Declared decide(Caller caller, UUID declarationId, boolean approved) {
        Owner owner = Sql.one(dataSource, Owner.class, """
                select p.organisation_id, d.annotator_id from declaration d join project p on p.project_id = d.project_id where d.declaration_id = ?
                """, declarationId).filter(o -> o.organisationId.equals(caller.organisation())).orElseThrow(() -> Refusal.missing("declaration", declarationId));
        if (owner.annotatorId.equals(caller.personId())) {
            throw Refusal.forbidden("OWN_WORK", "Nobody decides on the own time.", "Ask another reviewer.");
        }
        boolean done = approved ? declarations.approve(declarationId, caller.personId(), null) : declarations.refuse(declarationId, caller.personId());
        Row row = Sql.one(dataSource, Row.class, ROW + " where declaration_id = ?", declarationId).orElseThrow();
        if (!done && !row.state.equals(approved ? "approved" : "refused")) {
            throw Refusal.conflict("ALREADY_DECIDED", "This is %s.".formatted(row.state), "It stays so.");
        }
        return shown(row, pseudonyms.of(caller.organisation(), List.of(row.annotatorId)).get(row.annotatorId));
    }

    /** One's own, newest first. */
    @Transactional
    public Page<Declared> own(Caller caller, UUID before, Integer limit) {
        int count = Page.limit(limit);
        return Page.of(Sql.list(dataSource, Row.class, OWN, caller.personId(), before, before, count + 1), count, Row::declarationId).map(row -> shown(row, null));
    }

    /** A project's that wait for a decision, oldest first. */
    @Transactional
    public Page<Declared> pending(Caller caller, UUID projectId, UUID after, Integer limit) {
        projects.own(caller, projectId);
        int count = Page.limit(limit);
        List<Row> rows = Sql.list(dataSource, Row.class, PENDING, projectId, after, after, count + 1);
        Map<UUID, UUID> names = pseudonyms.of(caller.organisation(), rows.stream().map(Row::annotatorId).toList());
        return Page.of(rows, count, Row::declarationId).map(row -> shown(row, names.get(row.annotatorId)));
    }

    private static Declared shown(Row row, UUID pseudonym) {
        return new Declared(row.declarationId, row.claimId, pseudonym, row.source, row.askedMillis, row.bookedMillis, row.reason, row.state,
                row.declaredAt, row.decideUntil);
    }
}
