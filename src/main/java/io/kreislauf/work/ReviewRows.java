package io.kreislauf.work;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of decisions, and what they do to submissions and dues. */
final class ReviewRows {

    record Judged(UUID submissionId, UUID claimId, UUID projectId, UUID itemId, UUID annotatorId, String state, long observedMillis,
                  long declaredMillis, long rewardMinor, Instant effectiveAt, Instant appealUntil, UUID organisationId, String currency,
                  int appealDays, boolean inParts, long withheldMinor, long hazardMinor) {

        /** What escrow holds for it until it is decided for good. */
        long heldMinor() {
            return rewardMinor + hazardMinor;
        }
    }

    record Approved(UUID submissionId, UUID claimId, UUID projectId, UUID itemId, UUID annotatorId, long rewardMinor) {}

    private static final String JUDGED = """
            select s.submission_id, s.claim_id, s.project_id, s.item_id, s.annotator_id, s.state, s.observed_millis, s.declared_millis,
                   s.reward_minor, s.effective_at, s.appeal_until, p.organisation_id, p.currency, p.appeal_days,
                   s.accepted is not null, s.withheld_minor, p.hazard_minor
              from submission s join project p on p.project_id = s.project_id
            """;

    /** What is picked is approved, reviewed and owed in one statement. */
    private static final String APPROVE = """
            ), decided as (
                update submission s set state = 'approved', decided_at = ?, judged_as = case when s.reward_minor = 0 then uuidv7() else s.judged_as end
                  from picked where s.submission_id = picked.submission_id
                returning s.submission_id, s.claim_id, s.project_id, s.item_id, s.annotator_id, s.reward_minor, s.effective_at
            ), reviewed as (
                insert into review (submission_id, reviewer_id, decision, decided_at) select submission_id, cast(? as uuid), 'approved', ? from decided
            ), owed as (
                insert into wage_due (organisation_id, project_id, annotator_id, submission_id, kind, fund, currency, amount_minor, period, accrued_at)
                select p.organisation_id, d.project_id, d.annotator_id, d.submission_id, 'reward', 'escrow', p.currency, d.reward_minor,
                       cast(date_trunc('month', d.effective_at, 'UTC') at time zone 'UTC' as date), cast(? as timestamptz)
                  from decided d join project p on p.project_id = d.project_id where d.reward_minor > 0
                union all
                select p.organisation_id, d.project_id, d.annotator_id, d.submission_id, 'supplement', 'escrow', p.currency, p.hazard_minor,
                       cast(date_trunc('month', d.effective_at, 'UTC') at time zone 'UTC' as date), cast(? as timestamptz)
                  from decided d join project p on p.project_id = d.project_id where p.hazard_minor > 0
            )
            select submission_id, claim_id, project_id, item_id, annotator_id, reward_minor from decided
            """;

    private final DataSource dataSource;

    ReviewRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Locked until the transaction ends. */
    Optional<Judged> lock(UUID submissionId) {
        return Sql.one(dataSource, Judged.class, JUDGED + " where s.submission_id = ? for no key update of s", submissionId);
    }

    List<Approved> approve(UUID submissionId, UUID reviewerId, Instant at) {
        return Sql.list(dataSource, Approved.class, "with picked as (select cast(? as uuid) as submission_id" + APPROVE,
                submissionId, at, reviewerId, at, at, at);
    }

    /** Up to {@code count} of what is not decided yet, but the reviewer's own work. */
    List<Approved> approveSome(UUID projectId, UUID reviewerId, Instant at, int count) {
        return Sql.list(dataSource, Approved.class, """
                with picked as materialized (
                    select submission_id from submission where project_id = ? and state = 'submitted' and annotator_id <> ?
                     order by submission_id limit ? for no key update skip locked
                """ + APPROVE, projectId, reviewerId, count, at, reviewerId, at, at, at);
    }

    /** Up to {@code count} of what nobody has reviewed within the time told. */
    List<Approved> approveBySilence(Instant at, int count) {
        return Sql.list(dataSource, Approved.class, """
                with picked as materialized (
                    select submission_id from submission where state = 'submitted' and review_until < clock_now()
                     order by review_until limit ? for no key update skip locked
                """ + APPROVE, count, at, null, at, at, at);
    }

    /** The oldest that nobody has reviewed within the time told. */
    List<UUID> unreviewed(int count) {
        return Sql.list(dataSource, UUID.class, """
                select submission_id from submission where state = 'submitted' and review_until < clock_now() order by review_until limit ?
                """, count);
    }

    /** One of {@link #unreviewed}. */
    List<Approved> approveBySilence(Instant at, UUID submissionId) {
        return Sql.list(dataSource, Approved.class, """
                with picked as materialized (
                    select submission_id from submission where submission_id = ? and state = 'submitted' and review_until < clock_now()
                       for no key update skip locked
                """ + APPROVE, submissionId, at, null, at, at, at);
    }

    void reject(UUID submissionId, UUID reviewerId, String reason, Instant at, Instant appealUntil) {
        Sql.run(dataSource, """
                with decided as (
                    update submission set state = 'rejected', decided_at = ?, appeal_until = ?, judged_as = uuidv7() where submission_id = ?
                )
                insert into review (submission_id, reviewer_id, decision, reason, decided_at) values (?, ?, 'rejected', ?, ?)
                """, at, appealUntil, submissionId, submissionId, reviewerId, reason, at);
    }

    void restore(Judged judged, LocalDate period, Instant at) {
        Sql.run(dataSource, "update submission set state = 'approved', decided_at = ?, judged_as = uuidv7() where submission_id = ?", at, judged.submissionId());
        owe(judged, "reward", judged.rewardMinor(), period, at);
        owe(judged, "supplement", judged.hazardMinor(), period, at);
    }

    /** From escrow; nothing if there is nothing to owe. */
    void owe(Judged judged, String kind, long minor, LocalDate period, Instant at) {
        if (minor > 0) {
            Sql.run(dataSource, """
                    insert into wage_due (organisation_id, project_id, annotator_id, submission_id, kind, fund, currency, amount_minor, period, accrued_at)
                    values (?, ?, ?, ?, ?, 'escrow', ?, ?, ?, ?)
                    """, judged.organisationId(), judged.projectId(), judged.annotatorId(), judged.submissionId(), kind, judged.currency(),
                    minor, period, at);
        }
    }

    /** The projects of up to {@code count} rejections whose time is over. */
    List<UUID> projectsOfRejectionsOver(int count) {
        return Sql.list(dataSource, UUID.class, """
                select distinct project_id from (
                    select project_id from submission s
                     where state = 'rejected' and appeal_until < clock_now() and not exists (select from appeal a where a.submission_id = s.submission_id)
                     order by appeal_until limit ?) over
                """, count);
    }

    /**
     * Up to {@code count} rejections that nobody contested in time, final from now on. They are locked first and looked at again: an
     * appeal may have been made while they were being found.
     */
    List<Judged> rejectionsOver(Set<UUID> projects, int count) {
        List<UUID> locked = Sql.list(dataSource, UUID.class, """
                select submission_id from submission where state = 'rejected' and appeal_until < clock_now() and project_id = any (?)
                   and not exists (select from appeal where appeal.submission_id = submission.submission_id)
                 order by appeal_until limit ? for no key update skip locked
                """, (Object) projects.toArray(UUID[]::new), count);
        return locked.isEmpty() ? List.of() : Sql.list(dataSource, Judged.class, """
                with over as (
                    update submission s set state = 'rejection_final'
                     where s.submission_id = any (?) and not exists (select from appeal a where a.submission_id = s.submission_id)
                    returning s.submission_id
                )
                """ + JUDGED + " where s.submission_id in (select submission_id from over)", (Object) locked.toArray(UUID[]::new));
    }

    void rejectionFinal(UUID submissionId, Instant at) {
        Sql.run(dataSource, "update submission set state = 'rejection_final', decided_at = ? where submission_id = ?", at, submissionId);
    }

    /** The questions whose answers were accepted; empty: all. */
    List<String> accepted(UUID submissionId) {
        return Sql.list(dataSource, String.class, """
                select a.question from submission s cross join unnest(s.accepted) with ordinality as a(question, position)
                 where s.submission_id = ? order by a.position
                """, submissionId);
    }

    UUID latestReview(UUID submissionId) {
        return Sql.list(dataSource, UUID.class, "select review_id from review where submission_id = ? order by review_id desc limit 1", submissionId).getFirst();
    }

    UUID firstReviewer(UUID submissionId) {
        return Sql.list(dataSource, UUID.class, "select reviewer_id from review where submission_id = ? order by review_id limit 1", submissionId).stream().findFirst().orElse(null);
    }
}
