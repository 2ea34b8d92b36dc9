package io.kreislauf.work;

import io.kreislauf.Page;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Reading what an annotator could do. The list walks an index of published projects by wage ({@code project_listed}), beside
 * the few projects where the annotator has a wage of their own, and looks up the rest for the rows of one page only.
 */
final class TaskRows {

    /** An open slot is an open slot: beyond this many nobody counts. */
    static final int AVAILABLE_MAX = 200;

    /** Two texts, two plans. */
    private static final int PAGE_USUAL = Page.LIMIT_DEFAULT + 1;

    /** @param listedMinorPerHour by which it is ranked */
    record Row(UUID projectId, String title, String purpose, String organisation, String payRule, long rewardMinor, long hazardMinor, String currency,
               long estimateMillis, Long medianMillis, Long medianMinorPerHour, Integer rejectedPermille, BigDecimal payDays, long available,
               String contentWarning, Long ownMinorPerHour, long listedMinorPerHour, Eligibility eligibility, String guidelines, String examples,
               String form, int formVersion, long idleMillis, long deadlineMillis, long floorMinorPerHour, int prefetchLimit, int reviewDays,
               int appealDays, String state, Integer goldPercent, String itemsNamedBy, Integer restAfterMinutes, Integer restMinutes) {}

    /** Gold slots come with others: they alone are nothing to look for. */
    private static final String FREE_SLOT = """
            select from slot s where s.project_id = p.project_id and s.state = 'open' and s.item_id is not null
               and not exists (select from claim c where c.item_id = s.item_id and c.annotator_id = me.person_id and c.state <> 'lapsed')
            """;

    /** The same where the requester assigns items. */
    private static final String ASSIGNED_SLOT = """
            select from item_assignment a
             where a.project_id = p.project_id and a.annotator_id = me.person_id
               and exists (select from slot s where s.item_id = a.item_id and s.state = 'open')
               and not exists (select from claim c where c.item_id = a.item_id and c.annotator_id = me.person_id and c.state <> 'lapsed')
            """;

    /** Counted so that a claim takes one of them away, whether its answer is known or not. */
    private static final String FREE_AND_GOLD = FREE_SLOT.replaceFirst("select from", "select count(distinct s.item_id) from") + """
            ) + least((select count(*) from slot s where s.project_id = p.project_id and s.state = 'open' and s.item_id is null),
                      (select count(*) from item g where g.project_id = p.project_id and g.gold is not null
                          and not exists (select from claim c where c.item_id = g.item_id and c.annotator_id = me.person_id and c.state <> 'lapsed'))
            """;

    private static final String COLUMNS = """
            select p.project_id, p.title, p.purpose, o.name, p.pay_rule, p.reward_minor, p.hazard_minor, p.currency, p.estimate_millis, pace.median_millis,
                   pace.median_minor_per_hour, pace.rejected_permille, pace.pay_days_median,
                   case when p.items_named_by = 'requester' then (select count(*) from (%1$s limit %2$d) few)
                        when p.gold_percent is not null then least(%2$d, (%5$s))
                        else (select count(*) from (%3$s limit %2$d) few) end,
                   p.content_warning, own.minor_per_hour,
                   coalesce(own.minor_per_hour, p.listed_minor_per_hour), %4$s,
                   p.guidelines, cast(p.examples as text), cast(p.form as text), p.form_version,
                   p.idle_millis, p.deadline_millis, p.floor_minor_per_hour, p.prefetch_limit, p.review_days, p.appeal_days, p.state, p.gold_percent, p.items_named_by,
                   p.rest_after_minutes, p.rest_minutes
            """.formatted(ASSIGNED_SLOT, AVAILABLE_MAX, FREE_SLOT, Eligibility.COLUMNS, FREE_AND_GOLD);

    private static final String DESCRIBED = COLUMNS + """
              from person me cross join project p
              join organisation o on o.organisation_id = p.organisation_id
              left join pace on pace.project_id = p.project_id
              left join own_pace own on own.annotator_id = me.person_id and own.project_id = p.project_id
             where me.person_id = ? and p.log_name is not distinct from me.log_name and p.project_id = ? and p.state <> 'draft'
            """;

    /**
     * {@code %1$s}: the conditions in the words of {@code me}; {@code %2$s}: the same with one subquery for each of these words, so
     * that the walk is over one table; {@code %3$d}: the most rows. PostgreSQL thinks that hardly a row passes so many
     * conditions, and would read and sort all of them: a {@code case} and a constant limit keep it on the index.
     */
    private static final String FOUND = """
            with me as materialized (
                select p.person_id, p.region, p.languages, p.log_name, p.exposure_minutes_max from person p where p.person_id = ?
            ), found as materialized (
                (select p.project_id, own.minor_per_hour as wage
                   from own_pace own join project p on p.project_id = own.project_id cross join me
                  where own.annotator_id = ? and p.state = 'published' and p.currency = ? and (own.minor_per_hour, p.project_id) < (?, ?)
                    and own.minor_per_hour >= ? and %1$s)
                union all
                (select p.project_id, p.listed_minor_per_hour
                   from project p
                  where p.state = 'published' and p.currency = ? and (p.listed_minor_per_hour, p.project_id) < (?, ?) and p.listed_minor_per_hour >= ?
                    and case when not exists (select from own_pace own where own.annotator_id = (select m.person_id from me m)
                                                 and own.project_id = p.project_id offset 0)
                              and %2$s then true else false end
                  order by p.listed_minor_per_hour desc, p.project_id desc limit %3$d)
            ), page as materialized (
                select * from found order by wage desc, project_id desc limit ?
            )
            """;

    private static final String LISTED = COLUMNS + """
              from page cross join me
             cross join lateral (select * from project where project.project_id = page.project_id offset 0) p
              join organisation o on o.organisation_id = p.organisation_id
              left join pace on pace.project_id = p.project_id
              left join own_pace own on own.annotator_id = me.person_id and own.project_id = p.project_id
             order by page.wage desc, page.project_id desc
            """;

    private static final String MAY = """
            (p.regions is null or me.region = any (p.regions)) and (p.languages is null or me.languages && p.languages)
            and (p.skills is null or %s)
            and (p.share_percent_max is null or %s < %s)
            and (p.exposure_minutes_max is null or p.content_warning is null or %s < %s * 60000)
            and (p.rest_minutes is null or %s is null)
            and not exists (select from pace where pace.project_id = p.project_id and pace.reserve_exhausted offset 0)
            and case p.items_named_by when 'requester' then exists (%s offset 0) else exists (%s offset 0) end
            """.formatted(Eligibility.SKILLS_HELD, Eligibility.SHARE_TAKEN, Eligibility.SHARE_SLOTS, Eligibility.EXPOSED_MILLIS, Eligibility.EXPOSURE_MINUTES,
                Rest.UNTIL, ASSIGNED_SLOT, FREE_SLOT);

    /** Loose scan: one look into the index for each currency. */
    private static final String CURRENCIES = """
            with recursive found as (
                (select currency from project where state = 'published' order by currency limit 1)
                union all
                select (select p.currency from project p where p.state = 'published' and p.currency > found.currency order by p.currency limit 1)
                  from found where found.currency is not null
            )
            select currency from found where currency is not null
             order by currency is distinct from (select d.currency from wage_due d where d.annotator_id = ? order by d.due_id desc limit 1), currency
            """;

    private final DataSource dataSource;

    TaskRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Optional<Row> one(UUID annotatorId, int consentVersion, UUID projectId) {
        return Sql.one(dataSource, Row.class, DESCRIBED, consentVersion, annotatorId, projectId);
    }

    /** Of published projects; that of the annotator's latest pay first. */
    List<String> currencies(UUID annotatorId) {
        return Sql.list(dataSource, String.class, CURRENCIES, annotatorId);
    }

    /** One page of one currency, in one statement. {@code afterMinorPerHour} and {@code afterId}: the last row before it. */
    List<Row> list(UUID annotatorId, int consentVersion, TaskFilter filter, String currency, long afterMinorPerHour, UUID afterId, int rows) {
        return Sql.list(dataSource, Row.class, statement(filter, rows), values(annotatorId, consentVersion, filter, currency, afterMinorPerHour, afterId, rows));
    }

    static Object[] values(UUID annotatorId, int consentVersion, TaskFilter filter, String currency, long afterMinorPerHour, UUID afterId, int rows) {
        List<Object> values = new ArrayList<>(List.of(annotatorId, annotatorId, currency, afterMinorPerHour, afterId, filter.least()));
        values.addAll(wordsAndLanguage(filter));
        values.addAll(List.of(currency, afterMinorPerHour, afterId, filter.least()));
        values.addAll(wordsAndLanguage(filter));
        values.addAll(List.of(rows, consentVersion));
        return values.toArray();
    }

    static String statement(TaskFilter filter, int rows) {
        List<String> conditions = new ArrayList<>(List.of("p.log_name is not distinct from me.log_name"));
        if (filter.text() != null) {
            conditions.add("(p.title ilike ? or p.purpose ilike ?)");
        }
        if (filter.language() != null) {
            conditions.add("p.languages @> array[cast(? as text)]");
        }
        if (filter.withoutWarning()) {
            conditions.add("p.content_warning is null");
        }
        if (filter.mayDo()) {
            conditions.add(MAY);
        }
        String all = String.join(" and ", conditions);
        return FOUND.formatted(all, all.replaceAll("\\bme\\.(\\w+)", "(select m.$1 from me m)"), rows <= PAGE_USUAL ? PAGE_USUAL : Page.LIMIT_MAX + 1) + LISTED;
    }

    private static List<Object> wordsAndLanguage(TaskFilter filter) {
        List<Object> values = new ArrayList<>();
        if (filter.text() != null) {
            String pattern = "%" + filter.text().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
            values.addAll(Arrays.asList(pattern, pattern));
        }
        if (filter.language() != null) {
            values.add(filter.language());
        }
        return values;
    }

    /** What is declared beyond the reward, as JSON. */
    String extraPay(UUID projectId) {
        return Sql.one(dataSource, String.class, """
                select cast(jsonb_strip_nulls(jsonb_build_object('hazardMinor', hazard_minor,
                            'returnedMinorPerHour', coalesce(cast(extra_pay ->> 'returned_minor_per_hour' as bigint), 0),
                            'qualificationMinorPerHour', coalesce(cast(extra_pay ->> 'qualification_minor_per_hour' as bigint), 0),
                            'bonusTerms', extra_pay ->> 'bonus_terms')) as text)
                  from project where project_id = ?
                """, projectId).orElseThrow();
    }
}
