package io.kreislauf.work;

/**
 * The statements that take slots. Each is put together of four parts: who asks, from which project, which slots, and taking them;
 * so whatever slots are looked for, the checks are the same.
 *
 * <p>How many are wanted is known only when it runs, and PostgreSQL takes a tenth of all open slots for it: it would then read
 * all items, or all claims, to join them with the few that are taken. The constant limit, and {@code offset 0} in what is to
 * be looked up once for each slot, keep it from that; {@code ClaimPlanIT} holds it.
 */
final class ClaimSql {

    private ClaimSql() {}

    /** Before each of them. Slots are taken from an index in their order: to sort those of a project, because it seems small, would read them all. */
    static final String BEFORE = ClaimRows.LOCK_ANNOTATOR_PLANS_KEPT.replace(";\n", ", set_config('enable_sort', 'off', true);\n");

    /** What an hour in project {@code p} brings at a time of {@code %s} milliseconds for each label, with the supplements. */
    static final String ADVERTISED = """
            case p.pay_rule when 'piece' then (p.reward_minor + p.hazard_minor) * 3600000 / %1$s
                            when 'hour' then p.reward_minor + p.hazard_minor * 3600000 / %1$s else 0 end""";

    private static final String NOT_HAD = "not exists (select from claim c where c.item_id = %s and c.annotator_id = p.person_id and c.state <> 'lapsed' offset 0)";

    /** @param %1$s further columns; %2$s further bounds of how many; %3$s further conditions */
    private static final String ME = """
            with me as materialized (
                select p.person_id, p.region, p.languages, p.origin, p.log_name, p.exposure_minutes_max
                  from person p
                 where p.person_id = ?
                   and (select c.decision from consent c where c.person_id = p.person_id and c.version = ?
                         order by c.consent_id desc limit 1) = 'agreed'
            ), open_project as materialized (
                select p.project_id, p.reward_minor, greatest(p.estimate_millis, pace.median_millis) as estimate_millis, p.form_version, p.lease_millis, p.deadline_millis, p.currency, p.pay_rule,
                       p.hazard_minor, p.idle_millis, p.gold_percent, me.person_id, %1$s,
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
    private static final String PLAIN = ME.formatted("cast(null as boolean) as counts_to_share", "", "not p.selective%s");

    private static final String SELECTIVE = ME.formatted("""
            case when p.share_percent_max is not null then true end as counts_to_share,
                       p.gold_percent is not null and exists (
                           select from item g where g.project_id = p.project_id and g.gold is not null
                              and not exists (select from claim c where c.item_id = g.item_id and c.annotator_id = me.person_id and c.state <> 'lapsed'))
                       and (exists (
                           select from slot f where f.project_id = p.project_id and f.state = 'open' and f.item_id is not null
                              and not exists (select from claim c where c.item_id = f.item_id and c.annotator_id = me.person_id and c.state <> 'lapsed'))
                         or exists (
                           select from claim c join item i on i.item_id = c.item_id where c.annotator_id = me.person_id and c.project_id = p.project_id
                              and c.state in ('claimed', 'shown') and i.gold is null)) as gold_left""",
            """
            ,
                             case when p.share_percent_max is not null then %s - %s end,
                             case when p.exposure_minutes_max is not null and p.content_warning is not null
                                  then ceil((%s * 60000 - %s) / p.estimate_millis) end"""
            .formatted(Eligibility.SHARE_SLOTS, Eligibility.SHARE_TAKEN, Eligibility.EXPOSURE_MINUTES, Eligibility.EXPOSED_MILLIS),
            "(p.skills is null or %s) and (p.rest_minutes is null or %s is null)%%s".formatted(Eligibility.SKILLS_HELD, Rest.UNTIL));

    private static final String ANY = """
                select s.slot_id, s.item_id, s.rank
                  from open_project p
                 cross join lateral (
                       select slot.slot_id, slot.item_id, slot.rank from slot
                        where slot.project_id = p.project_id and slot.state = 'open' and slot.rank >= ?
                          and %s
                        order by slot.rank limit greatest(p.wanted, 0)
                          for no key update skip locked) s
                 limit 200
            """.formatted(NOT_HAD.formatted("slot.item_id"));

    /** The next item with a known answer, in their order from the slot's rank on, that the annotator has not had. */
    private static final String GOLD_ITEM = """
            coalesce((select g.item_id from item g where g.project_id = p.project_id and g.gold is not null and g.rank >= s.rank and %1$s order by g.rank limit 1),
                                 (select g.item_id from item g where g.project_id = p.project_id and g.gold is not null and %1$s order by g.rank limit 1))"""
            .formatted(NOT_HAD.formatted("g.item_id"));

    /** Gold slots too: they have no item until they are claimed. */
    private static final String ANY_OR_GOLD = ANY.replace("and not exists", "and (slot.item_id is not null or p.gold_left) and not exists")
            .replace("select s.slot_id, s.item_id,", "select s.slot_id, coalesce(s.item_id, %s) as item_id,".formatted(GOLD_ITEM));

    /** In the project's order; annotators meet at its head, and skip what another one is taking. */
    private static final String URGENT = ANY.replace("slot.rank >= ?", "slot.urgency is not null").replace("order by slot.rank", "order by slot.urgency desc, slot.rank");

    /** Of each item of {@code %s} one open slot. */
    private static final String OF_ITEMS = """
                select s.slot_id, s.item_id, s.rank
                  from open_project p
                 %s
                 cross join lateral (
                       select slot.slot_id, slot.item_id, slot.rank from slot
                        where slot.item_id = i.item_id and slot.state = 'open'
                          and %s
                        order by slot.ordinal limit 1
                          for no key update skip locked) s
                 limit (select greatest(wanted, 0) from open_project)
            """;

    private static final String NAMED = OF_ITEMS.formatted("join item i on i.project_id = p.project_id and i.external_key = any (?)", NOT_HAD.formatted("slot.item_id"));

    private static final String ASSIGNED = OF_ITEMS.formatted(
            "join item_assignment i on i.project_id = p.project_id and i.annotator_id = p.person_id", NOT_HAD.formatted("slot.item_id"));

    private static final String ASSIGNED_NAMED = OF_ITEMS.formatted("""
            join item_assignment a on a.project_id = p.project_id and a.annotator_id = p.person_id
                  join item i on i.item_id = a.item_id and i.external_key = any (?)""", NOT_HAD.formatted("slot.item_id"));

    /** An item's key and id could tell an annotator that its answer is known. */
    static final String TOLD_KEY = "case when p.gold_percent is null then i.external_key end";
    private static final String TOLD_ID = "case when p.gold_percent is null then %s.item_id end";

    /** Where items are not told, the first claim of the item by the same person, as long as what was typed for it may still be on its way. */
    private static final String TASK_ID = """
            case when p.gold_percent is not null then coalesce(
                       (select (array_agg(e.claim_id order by e.claim_id))[1] from claim e
                         where e.annotator_id = %1$s.annotator_id and e.item_id = %1$s.item_id and e.state in ('expired', 'lapsed')
                           and e.ended_at > clock_now() - interval '7 days'), %1$s.claim_id) end""";

    /** @param %s what else is written of a slot */
    private static final String TAKE = """
            ), taken as (
                insert into claim (slot_id, project_id, item_id, annotator_id, lease_until, deadline_at, due_at, reward_minor,
                                   estimate_millis, form_version, counts_to_share)
                select s.slot_id, p.project_id, s.item_id, p.person_id,
                       clock_now() + p.lease_millis * interval '1 millisecond', clock_now() + p.deadline_millis * interval '1 millisecond',
                       clock_now() + p.lease_millis * interval '1 millisecond',
                       case p.pay_rule when 'piece' then p.reward_minor else 0 end, p.estimate_millis, p.form_version, p.counts_to_share
                  from (select distinct on (item_id) * from picked order by item_id, rank) s cross join open_project p
                 order by s.rank
                    on conflict (item_id, annotator_id) where state <> 'lapsed' do nothing
                returning *
            ), held as (
                update slot set state = 'claimed', claim_id = (select taken.claim_id from taken where taken.slot_id = slot.slot_id)%%s
                 where slot_id = any (array(select taken.slot_id from taken))
            )
            select t.claim_id, t.project_id, t.fencing_version, %s, %s, cast(i.content as text), t.lease_until, t.deadline_at,
                   t.reward_minor, p.currency, t.estimate_millis, t.form_version, t.state, t.claimed_at, t.shown_at, null, cast(null as uuid), cast(null as bigint), null, p.idle_millis,
                   %s, cast(null as timestamptz), cast(null as timestamptz),
                   (select outside_since from sitting where annotator_id = t.annotator_id), (select k.rank from picked k where k.slot_id = t.slot_id),
                   %s
              from taken t cross join open_project p
             cross join lateral (select item.external_key, item.content from item where item.item_id = t.item_id offset 0) i
            """.formatted(TOLD_ID.formatted("t"), TOLD_KEY, ADVERTISED.formatted("p.estimate_millis"), TASK_ID.formatted("t"));

    private static final String TAKE_PLAIN = TAKE.formatted("");
    private static final String TAKE_GOLD = TAKE.formatted(", item_id = (select taken.item_id from taken where taken.slot_id = slot.slot_id)");

    static final String CLAIM_ANY = BEFORE + PLAIN.formatted("") + ANY + TAKE_PLAIN;
    static final String CLAIM_NAMED = BEFORE + PLAIN.formatted(" and p.items_named_by = 'annotators'") + NAMED + TAKE_PLAIN;
    static final String CLAIM_SELECTED = BEFORE + SELECTIVE.formatted(" and p.items_named_by <> 'requester'") + ANY_OR_GOLD + TAKE_GOLD;
    static final String CLAIM_SELECTED_URGENT = BEFORE + SELECTIVE.formatted(" and p.items_named_by <> 'requester'") + URGENT + TAKE_PLAIN;
    static final String CLAIM_SELECTED_NAMED = BEFORE + SELECTIVE.formatted(" and p.items_named_by = 'annotators'") + NAMED + TAKE_PLAIN;
    static final String CLAIM_ASSIGNED = BEFORE + SELECTIVE.formatted(" and p.items_named_by = 'requester'") + ASSIGNED + TAKE_PLAIN;
    static final String CLAIM_ASSIGNED_NAMED = BEFORE + SELECTIVE.formatted(" and p.items_named_by = 'requester'") + ASSIGNED_NAMED + TAKE_PLAIN;

    /** @param %5$s which; %6$s further bounds and the order */
    private static final String CLAIMS = """
            select c.claim_id, c.project_id, c.fencing_version, %1$s, %2$s, cast(i.content as text), c.lease_until, c.deadline_at,
                   c.reward_minor, p.currency, c.estimate_millis, c.form_version, c.state, c.claimed_at, c.shown_at, cast(d.answer as text), d.page, d.step,
                   (select cast(json_agg(json_build_object('page', a.page, 'step', a.step, 'savedAt', a.saved_at, 'answer', a.answer) order by a.saved_at desc) as text)
                      from draft_aside a where a.claim_id = d.claim_id),
                   p.idle_millis, %3$s, case when c.ended_at is null or c.aside_at >= c.ended_at then c.aside_at end, %4$s, cast(null as timestamptz), cast(null as bigint),
                   %7$s
              from claim c join item i on i.item_id = c.item_id join project p on p.project_id = c.project_id
              left join draft d on d.claim_id = c.claim_id
             where c.annotator_id = ? and %5$s
             order by %6$s
            """;

    private static String claims(String which, String order) {
        return CLAIMS.formatted(TOLD_ID.formatted("c"), TOLD_KEY, ADVERTISED.formatted("c.estimate_millis"), ClaimRows.RETURNS_AT, which, order, TASK_ID.formatted("c"));
    }

    static final String OPEN_CLAIMS = claims("c.state in ('claimed', 'shown')",
            "coalesce(%s > clock_now(), false), c.shown_at nulls last, c.claim_id limit 1000".formatted(ClaimRows.RETURNS_AT));

    /** What timed out in the last days with something typed for it, or was put aside since; not what the annotator has taken anew since. */
    static final String TIMED_OUT_WITH_DRAFT = claims("""
            c.state in ('expired', 'lapsed') and c.ended_at > clock_now() - interval '7 days' and (d.claim_id is not null or c.aside_at >= c.ended_at)
               and not exists (select from claim anew where anew.item_id = c.item_id and anew.annotator_id = c.annotator_id
                                  and anew.claim_id <> c.claim_id and anew.state <> 'lapsed')""", "c.ended_at desc, c.claim_id limit 100");
}
