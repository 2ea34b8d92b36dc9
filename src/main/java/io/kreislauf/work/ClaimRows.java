package io.kreislauf.work;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of claims, and the slots that they hold. */
final class ClaimRows {

    /**
     * @param returnsAt    when a task put aside is to be before the annotator again
     * @param outsideSince since when the annotator's time outside tasks is not booked; null: all is
     * @param rank         of the slot just taken; null: not just taken
     */
    record Taken(UUID claimId, UUID projectId, long fencingVersion, UUID itemId, String itemKey, String content, Instant leaseUntil, Instant deadlineAt,
                 long rewardMinor, String currency, long estimateMillis, int formVersion, String state, Instant claimedAt, Instant shownAt,
                 String draft, long idleMillis, long advertisedMinorPerHour, Instant asideAt, Instant returnsAt, Instant outsideSince, Long rank) {}

    /** Why nothing was claimed. */
    record Standing(String state, boolean selective, boolean ownLog, long held, int prefetchLimit, Eligibility eligibility) {}

    /** One annotator's claims and time are settled one after the other, whatever the number of tabs and devices. */
    static final String LOCK_ANNOTATOR = "select pg_advisory_xact_lock(hashtextextended(cast(? as text), 6));\n";

    /** A task put aside comes back when three times its estimate is left until its deadline. */
    static final String RETURNS_AT = "case when c.aside_at is not null then greatest(c.aside_at, c.deadline_at - 3 * c.estimate_millis * interval '1 millisecond') end";

    private static final String ADVERTISED = "case p.pay_rule when 'piece' then p.reward_minor * 3600000 / %s when 'hour' then p.reward_minor else 0 end";

    /** @param %1$s whether the claim counts to a share; %2$s further bounds of how many; %3$s further conditions */
    private static final String ME = """
            with me as materialized (
                select p.person_id, p.region, p.languages, p.origin, p.log_name
                  from person p
                 where p.person_id = ?
                   and (select c.decision from consent c where c.person_id = p.person_id and c.version = ?
                         order by c.consent_id desc limit 1) = 'agreed'
            ), open_project as materialized (
                select p.project_id, p.reward_minor, greatest(p.estimate_millis, pace.median_millis) as estimate_millis, p.form_version, p.lease_millis, p.deadline_millis, p.currency, p.pay_rule,
                       p.idle_millis, me.person_id, %1$s as counts_to_share,
                       least(?, p.prefetch_limit - (select count(*) from claim c where c.annotator_id = me.person_id
                                                       and c.project_id = p.project_id and c.state in ('claimed', 'shown')
                                                       and c.aside_at is null)%2$s) as wanted
                  from me
                  join project p on p.project_id = ? and p.state = 'published'
                  left join pace on pace.project_id = p.project_id
                 where (p.regions is null or me.region = any (p.regions))
                   and (p.languages is null or me.languages && p.languages)
                   and p.log_name is not distinct from me.log_name
                   and not coalesce(pace.reserve_exhausted, false)
                   and %3$s
            ), picked as materialized (
            """;

    /** For projects without rules of their own: nothing but region and language is looked at. */
    private static final String PLAIN = ME.formatted("cast(null as boolean)", "", "not p.selective");

    private static final String SELECTIVE = ME.formatted("case when p.share_percent_max is not null then true end", """
            ,
                             case when p.share_percent_max is not null then %s - %s end,
                             case when p.exposure_minutes_max is not null and p.content_warning is not null
                                  then ceil((p.exposure_minutes_max * 60000 - %s) / p.estimate_millis) end"""
            .formatted(Eligibility.SHARE_SLOTS, Eligibility.SHARE_TAKEN, Eligibility.EXPOSED_MILLIS),
            "(p.skills is null or %s)".formatted(Eligibility.SKILLS_HELD));

    /**
     * How many are wanted is known only when it runs, and PostgreSQL takes a tenth of all open slots for it: it would then read
     * all items, or all claims, to join them with the few that are taken. The constant limit, and {@code offset 0} in what is to
     * be looked up once for each slot, keep it from that; {@code ClaimPlanIT} holds it.
     */
    private static final String ANY = """
                select s.slot_id, s.item_id, s.rank
                  from open_project p
                 cross join lateral (
                       select slot.slot_id, slot.item_id, slot.rank from slot
                        where slot.project_id = p.project_id and slot.state = 'open' and slot.rank >= ?
                          and not exists (select from claim c where c.item_id = slot.item_id and c.annotator_id = p.person_id
                                             and c.state <> 'lapsed' offset 0)
                        order by slot.rank limit greatest(p.wanted, 0)
                          for no key update skip locked) s
                 limit 200
            """;

    /** In the project's order; annotators meet at its head, and skip what another one is taking. */
    private static final String URGENT = ANY.replace("slot.rank >= ?", "slot.urgency is not null").replace("order by slot.rank", "order by slot.urgency desc, slot.rank");

    private static final String NAMED = """
                select s.slot_id, s.item_id, s.rank
                  from open_project p
                  join item i on i.project_id = p.project_id and i.external_key = any (?)
                 cross join lateral (
                       select slot.slot_id, slot.item_id, slot.rank from slot
                        where slot.item_id = i.item_id and slot.state = 'open'
                          and not exists (select from claim c where c.item_id = slot.item_id and c.annotator_id = p.person_id
                                             and c.state <> 'lapsed' offset 0)
                        order by slot.ordinal limit 1
                          for no key update skip locked) s
                 limit (select greatest(wanted, 0) from open_project)
            """;

    private static final String TAKE = """
            ), taken as (
                insert into claim (slot_id, project_id, item_id, annotator_id, lease_until, deadline_at, due_at, reward_minor,
                                   estimate_millis, form_version, counts_to_share)
                select distinct on (s.item_id) s.slot_id, p.project_id, s.item_id, p.person_id,
                       clock_now() + p.lease_millis * interval '1 millisecond', clock_now() + p.deadline_millis * interval '1 millisecond',
                       clock_now() + p.lease_millis * interval '1 millisecond',
                       case p.pay_rule when 'piece' then p.reward_minor else 0 end, p.estimate_millis, p.form_version, p.counts_to_share
                  from picked s cross join open_project p
                    on conflict (item_id, annotator_id) where state <> 'lapsed' do nothing
                returning *
            ), held as (
                update slot set state = 'claimed', claim_id = (select taken.claim_id from taken where taken.slot_id = slot.slot_id)
                 where slot_id = any (array(select taken.slot_id from taken))
            )
            select t.claim_id, t.project_id, t.fencing_version, t.item_id, i.external_key, cast(i.content as text), t.lease_until, t.deadline_at,
                   t.reward_minor, p.currency, t.estimate_millis, t.form_version, t.state, t.claimed_at, t.shown_at, null, p.idle_millis,
                   %s, cast(null as timestamptz), cast(null as timestamptz),
                   (select outside_since from sitting where annotator_id = t.annotator_id), (select k.rank from picked k where k.slot_id = t.slot_id)
              from taken t cross join open_project p
             cross join lateral (select item.external_key, item.content from item where item.item_id = t.item_id offset 0) i
            """.formatted(ADVERTISED.formatted("p.estimate_millis"));

    static final String CLAIM_ANY = LOCK_ANNOTATOR + PLAIN + ANY + TAKE;
    private static final String CLAIM_NAMED = LOCK_ANNOTATOR + PLAIN + NAMED + TAKE;
    private static final String CLAIM_SELECTED = LOCK_ANNOTATOR + SELECTIVE + ANY + TAKE;
    private static final String CLAIM_SELECTED_URGENT = LOCK_ANNOTATOR + SELECTIVE + URGENT + TAKE;
    private static final String CLAIM_SELECTED_NAMED = LOCK_ANNOTATOR + SELECTIVE + NAMED + TAKE;

    private static final String STANDING = """
            select p.state, p.selective, p.log_name is not distinct from me.log_name,
                   (select count(*) from claim c where c.annotator_id = me.person_id and c.project_id = p.project_id
                       and c.state in ('claimed', 'shown') and c.aside_at is null), p.prefetch_limit,
                   %s
              from project p cross join person me left join pace on pace.project_id = p.project_id
             where p.project_id = ? and me.person_id = ?
            """.formatted(Eligibility.COLUMNS);

    private static final String OPEN_CLAIMS = """
            select c.claim_id, c.project_id, c.fencing_version, c.item_id, i.external_key, cast(i.content as text), c.lease_until, c.deadline_at,
                   c.reward_minor, p.currency, c.estimate_millis, c.form_version, c.state, c.claimed_at, c.shown_at, cast(d.answer as text),
                   p.idle_millis, %1$s, c.aside_at, %2$s, cast(null as timestamptz), cast(null as bigint)
              from claim c join item i on i.item_id = c.item_id join project p on p.project_id = c.project_id
              left join draft d on d.claim_id = c.claim_id
             where c.annotator_id = ? and c.state in ('claimed', 'shown')
             order by coalesce(%2$s > clock_now(), false), c.shown_at nulls last, c.claim_id limit 1000
            """.formatted(ADVERTISED.formatted("c.estimate_millis"), RETURNS_AT);

    private final DataSource dataSource;

    ClaimRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Takes up to {@code count} open slots from {@code fromRank} on; one statement. None of a selective project. */
    List<Taken> takeAny(UUID annotatorId, UUID projectId, int consentVersion, int count, long fromRank) {
        return Sql.list(dataSource, Taken.class, CLAIM_ANY, annotatorId.toString(), annotatorId, consentVersion, count, projectId, fromRank);
    }

    /** The same for any project, with all its rules. */
    List<Taken> takeSelected(UUID annotatorId, UUID projectId, int consentVersion, int count, long fromRank) {
        return Sql.list(dataSource, Taken.class, CLAIM_SELECTED, annotatorId.toString(), annotatorId, consentVersion, count, projectId, fromRank);
    }

    /** Takes the most urgent open slots of a project that has an order; one statement. */
    List<Taken> takeUrgent(UUID annotatorId, UUID projectId, int consentVersion, int count) {
        return Sql.list(dataSource, Taken.class, CLAIM_SELECTED_URGENT, annotatorId.toString(), annotatorId, consentVersion, count, projectId);
    }

    /** Takes an open slot of each of these items, as far as there is one; one statement. */
    List<Taken> takeNamed(UUID annotatorId, UUID projectId, int consentVersion, String[] itemKeys, boolean selective) {
        return Sql.list(dataSource, Taken.class, selective ? CLAIM_SELECTED_NAMED : CLAIM_NAMED, annotatorId.toString(), annotatorId, consentVersion,
                itemKeys.length, projectId, (Object) itemKeys);
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

    List<Taken> open(UUID annotatorId) {
        return Sql.list(dataSource, Taken.class, OPEN_CLAIMS, annotatorId);
    }
}
