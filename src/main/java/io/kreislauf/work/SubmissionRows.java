package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.work.time.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows that a submission reads and writes. */
final class SubmissionRows {

    /** A claim as its end finds it, locked with its slot. */
    record Held(Instant now, UUID claimId, UUID slotId, UUID projectId, UUID itemId, long fencingVersion, String state, Instant claimedAt,
                Instant shownAt, long rewardMinor, int formVersion, String slotState, UUID organisationId, String currency,
                String payRule, long idleMillis, int reviewDays, UUID submissionId, String answer, boolean lateKept,
                long bookedMillis, boolean claimedAnew) {

        /** @throws Refusal FENCED unless {@code version} is this claim's */
        void requireVersion(Long version) {
            if (version == null || version != fencingVersion) {
                throw Refusal.conflict("FENCED", "This fencing version is not that of the claim.", "GET /api/claims tells the versions of what you hold.");
            }
        }

        boolean isOpen() {
            return state.equals("claimed") || state.equals("shown");
        }

        /** Its time was over before anything was handed in. */
        boolean hasTimedOut() {
            return state.equals("expired") || state.equals("lapsed");
        }

        /** @throws Refusal CLAIM_ENDED unless it is still held */
        void requireOpen() {
            if (!isOpen()) {
                throw Refusal.conflict("CLAIM_ENDED", "The claim has ended: it is %s.".formatted(state), "Claim another task.");
            }
        }
    }

    private static final String HELD = ClaimRows.LOCK_ANNOTATOR_PLANS_KEPT + """
            select date_trunc('milliseconds', clock_now()), c.claim_id, c.slot_id, c.project_id, c.item_id, c.fencing_version, c.state, c.claimed_at,
                   c.shown_at, c.reward_minor, c.form_version, s.state, p.organisation_id, p.currency,
                   p.pay_rule, p.idle_millis, p.review_days, b.submission_id, cast(b.answer as text),
                   coalesce(b.late_kept, false), coalesce(b.observed_millis + b.declared_millis, 0),
                   c.state = 'lapsed' and exists (select from claim other where other.item_id = c.item_id
                                                     and other.annotator_id = c.annotator_id and other.state <> 'lapsed')
              from claim c
              join slot s on s.slot_id = c.slot_id
              join project p on p.project_id = c.project_id
              left join submission b on b.claim_id = c.claim_id
             where c.claim_id = ? and c.annotator_id = ?
               for no key update of c, s
            """;

    private static final String SUBMIT = """
            with made as (
                insert into submission (claim_id, slot_id, project_id, item_id, annotator_id, answer, form_version, submitted_at, effective_at,
                                        late_kept, observed_millis, state, reward_minor, review_until, decided_at)
                select c.claim_id, c.slot_id, c.project_id, c.item_id, c.annotator_id, cast(? as jsonb), c.form_version, t.now, ?, l.kept, ?,
                       case when l.kept then 'approved' else 'submitted' end, case when l.kept then 0 else c.reward_minor end, ?,
                       case when l.kept then t.now end
                  from claim c cross join (select cast(? as timestamptz) as now) t cross join (select cast(? as boolean) as kept) l
                 where c.claim_id = ?
                returning submission_id, claim_id, annotator_id, project_id
            ), ended as (
                update claim set state = 'submitted', ended_at = ? where claim_id = ?
            ), filled as (
                update slot set state = 'filled', claim_id = ?, item_id = ? where slot_id = ? and not ?
            ), worked as (
                insert into worked_interval (annotator_id, project_id, claim_id, time_class, source, span, period)
                select m.annotator_id, m.project_id, m.claim_id, ?, 'observed', tstzrange(cast(s.since as timestamptz), cast(s.until as timestamptz)), ?
                  from made m cross join unnest(cast(? as text[]), cast(? as text[])) as s(since, until)
            ), forgotten as (
                delete from draft where claim_id = ? returning claim_id
            ), aside as (
                delete from draft_aside a using forgotten f where a.claim_id = f.claim_id
            )
            select submission_id from made
            """;

    private final DataSource dataSource;

    SubmissionRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The annotator's own claim, locked with its slot; the annotator's time is locked too. */
    Optional<Held> lock(UUID annotatorId, UUID claimId) {
        return Sql.one(dataSource, Held.class, HELD, annotatorId.toString(), claimId, annotatorId);
    }

    /**
     * Writes the label, ends the claim, fills the slot unless the label is a late one kept beside, and books the spans; one
     * statement. A late one is not reviewed: its time is paid as returned, the label is not.
     */
    UUID submit(Held held, String answer, Instant effectiveAt, boolean lateKept, long observedMillis, Instant reviewUntil, String timeClass,
                LocalDate period, List<Span> spans) {
        return Sql.one(dataSource, UUID.class, SUBMIT, answer, effectiveAt, observedMillis, reviewUntil, held.now(), lateKept, held.claimId(),
                held.now(), held.claimId(), held.claimId(), held.itemId(), held.slotId(), lateKept, timeClass, period, TimeRows.froms(spans), TimeRows.tos(spans),
                held.claimId()).orElseThrow();
    }

    /** Declared time that was approved before the label came late is its own, too. */
    void declared(UUID submissionId, long millis) {
        Sql.run(dataSource, "update submission set declared_millis = ? where submission_id = ?", millis, submissionId);
    }

    /** What timed out is let go: it is offered no more. One whose item the annotator has taken anew stays what it was. */
    void letGo(Held held, String state, String reason) {
        Sql.run(dataSource, """
                with forgotten as (
                    delete from draft where claim_id = ? returning claim_id
                ), aside as (
                    delete from draft_aside a using forgotten f where a.claim_id = f.claim_id
                )
                update claim set state = ?, reason = ? where claim_id = ?
                """, held.claimId(), held.claimedAnew() ? held.state() : state, reason, held.claimId());
    }

    /**
     * Ends a claim without a label; its slot is open again, a gold one without an item, unless it is no longer this claim's. What was typed is kept
     * for who may still hand it in.
     */
    boolean end(Held held, String state, String reason) {
        return Sql.run(dataSource, """
                with ended as (
                    update claim set state = ?, ended_at = ?, reason = ? where claim_id = ? returning claim_id, state
                ), forgotten as (
                    delete from draft d using ended e where d.claim_id = e.claim_id and e.state in ('returned', 'skipped') returning d.claim_id
                ), aside as (
                    delete from draft_aside a using forgotten f where a.claim_id = f.claim_id
                )
                update slot set state = 'open', claim_id = null, item_id = case when not gold then item_id end
                 where slot_id = ? and claim_id = ? and state = 'claimed'
                """, state, held.now(), reason, held.claimId(), held.slotId(), held.claimId()) > 0;
    }
}
