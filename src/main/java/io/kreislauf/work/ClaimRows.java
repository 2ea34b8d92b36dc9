package io.kreislauf.work;

import io.kreislauf.project.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of claims, and the slots that they hold; {@link ClaimSql} has the statements that take slots. */
final class ClaimRows {

    /**
     * @param returnsAt    when a task put aside is to be before the annotator again
     * @param outsideSince since when the annotator's time outside tasks is not booked; null: all is
     * @param rank         of the slot just taken; null: not just taken
     * @param taskId       where items are not told, by what a claim is known to be of the same one as an earlier claim of its annotator; else null
     */
    record Taken(UUID claimId, UUID projectId, long fencingVersion, UUID itemId, String itemKey, String content, Instant leaseUntil, Instant deadlineAt,
                 long rewardMinor, String currency, long estimateMillis, int formVersion, String state, Instant claimedAt, Instant shownAt,
                 String draft, UUID draftPage, Long draftStep, String draftsAside, long idleMillis, long advertisedMinorPerHour, Instant asideAt, Instant returnsAt, Instant outsideSince, Long rank, UUID taskId) {}

    /** Why nothing was claimed. */
    record Standing(String state, boolean selective, boolean ownLog, long held, int prefetchLimit, Eligibility eligibility) {}

    /** One annotator's claims and time are settled one after the other, whatever the number of tabs and devices. */
    static final String LOCK_ANNOTATOR = "select pg_advisory_xact_lock(hashtextextended(cast(? as text), 6));\n";

    /**
     * The same for a transaction whose statements find their rows by keys: whatever the values are, the plan is the same one, and making it anew
     * took longer than a claim itself. It is kept while tables grow, so it reads none as a whole, however small it is when the plan is made.
     */
    static final String LOCK_ANNOTATOR_PLANS_KEPT = LOCK_ANNOTATOR.replace(";\n",
            ", set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);\n");

    /** A task put aside comes back when three times its estimate is left until its deadline. */
    static final String RETURNS_AT = "case when c.aside_at is not null and c.ended_at is null then greatest(c.aside_at, c.deadline_at - 3 * c.estimate_millis * interval '1 millisecond') end";

    private static final String STANDING = """
            select p.state, p.selective, p.log_name is not distinct from me.log_name,
                   (select count(*) from claim c where c.annotator_id = me.person_id and c.project_id = p.project_id
                       and c.state in ('claimed', 'shown') and c.aside_at is null), p.prefetch_limit,
                   %s
              from project p cross join person me left join pace on pace.project_id = p.project_id
             where p.project_id = ? and me.person_id = ?
            """.formatted(Eligibility.COLUMNS);

    private final DataSource dataSource;

    ClaimRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Takes up to {@code count} open slots from {@code fromRank} on; one statement. None of a selective project. */
    List<Taken> takeAny(UUID annotatorId, UUID projectId, int consentVersion, int count, long fromRank) {
        return Sql.list(dataSource, Taken.class, ClaimSql.CLAIM_ANY, annotatorId.toString(), annotatorId, consentVersion, count, projectId, fromRank);
    }

    /** The same for any project, with all its rules. */
    List<Taken> takeSelected(UUID annotatorId, UUID projectId, int consentVersion, int count, long fromRank) {
        return Sql.list(dataSource, Taken.class, ClaimSql.CLAIM_SELECTED, annotatorId.toString(), annotatorId, consentVersion, count, projectId, fromRank);
    }

    /** Takes the most urgent open slots of a project that has an order; one statement. */
    List<Taken> takeUrgent(UUID annotatorId, UUID projectId, int consentVersion, int count) {
        return Sql.list(dataSource, Taken.class, ClaimSql.CLAIM_SELECTED_URGENT, annotatorId.toString(), annotatorId, consentVersion, count, projectId);
    }

    /** Takes an open slot of each of these items, as far as there is one and it may be named; one statement. */
    List<Taken> takeNamed(UUID annotatorId, UUID projectId, int consentVersion, String[] itemKeys, Selection selection) {
        String statement = selection.assigned() ? ClaimSql.CLAIM_ASSIGNED_NAMED : selection.selective() ? ClaimSql.CLAIM_SELECTED_NAMED : ClaimSql.CLAIM_NAMED;
        return Sql.list(dataSource, Taken.class, statement, annotatorId.toString(), annotatorId, consentVersion, itemKeys.length, projectId, (Object) itemKeys);
    }

    /** Takes up to {@code count} of the items that are assigned to the annotator; one statement. */
    List<Taken> takeAssigned(UUID annotatorId, UUID projectId, int consentVersion, int count) {
        return Sql.list(dataSource, Taken.class, ClaimSql.CLAIM_ASSIGNED, annotatorId.toString(), annotatorId, consentVersion, count, projectId);
    }

    /** Those of the keys whose item is assigned to the annotator. */
    List<String> assigned(UUID annotatorId, UUID projectId, String[] itemKeys) {
        return Sql.list(dataSource, String.class, """
                select i.external_key from item i join item_assignment a on a.item_id = i.item_id
                 where i.project_id = ? and i.external_key = any (?) and a.project_id = i.project_id and a.annotator_id = ?
                """, projectId, itemKeys, annotatorId);
    }

    Optional<Standing> standing(UUID annotatorId, UUID projectId, int consentVersion) {
        return Sql.one(dataSource, Standing.class, STANDING, consentVersion, projectId, annotatorId);
    }

    /** Those of the keys that name an item of the project. */
    List<String> known(UUID projectId, String[] itemKeys) {
        return Sql.list(dataSource, String.class, "select external_key from item where project_id = ? and external_key = any (?)", projectId, itemKeys);
    }

    /** Those of the keys whose item the annotator has or had already. */
    List<String> own(UUID annotatorId, UUID projectId, String[] itemKeys) {
        return Sql.list(dataSource, String.class, """
                select i.external_key from item i join claim c on c.item_id = i.item_id
                 where i.project_id = ? and i.external_key = any (?) and c.annotator_id = ? and c.state <> 'lapsed'
                """, projectId, itemKeys, annotatorId);
    }

    /** After a claim, what else its transaction asks is planned as usual. */
    void planAsUsual() {
        Sql.list(dataSource, String.class, """
                select set_config('plan_cache_mode', 'auto', true) || set_config('enable_seqscan', 'on', true) || set_config('enable_sort', 'on', true)
                """);
    }

    List<Taken> open(UUID annotatorId) {
        return Sql.list(dataSource, Taken.class, ClaimSql.OPEN_CLAIMS, annotatorId);
    }

    /** The latest first. */
    List<Taken> timedOutWithDraft(UUID annotatorId) {
        return Sql.list(dataSource, Taken.class, ClaimSql.TIMED_OUT_WITH_DRAFT, annotatorId);
    }
}
