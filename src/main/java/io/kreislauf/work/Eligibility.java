package io.kreislauf.work;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What an annotator ({@code me}) lacks for a project ({@code p}), as the columns of a query that also joins {@code pace}.
 * A claim checks the same within its own statement ({@link ClaimRows}); this says it in words.
 *
 * @param regions         those the project is for; null: the annotator's is among them
 * @param languages       of which the annotator has none; null: has one
 * @param skills          names and levels that the annotator does not hold; null: holds all
 * @param qualificationId by which the first of them can be earned; null: by none
 * @param sharePercent    of the project's labels, which the annotator has; null: not reached
 * @param exposureMinutes of distressing content a day, which the annotator has spent; null: not reached
 * @param ownExposure     that is the annotator's own limit, lower than the project's
 * @param nothingAssigned the requester assigns items, and none to this annotator
 * @param restUntil       when the rest that is due is over; null: none is due
 */
record Eligibility(boolean consented, String regions, String languages, String skills, UUID qualificationId, Integer sharePercent,
                   Integer exposureMinutes, boolean ownExposure, boolean reserveExhausted, boolean nothingAssigned,
                   Instant restUntil) {

    private static final DateTimeFormatter HOUR_AND_MINUTE = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    /** Slots of the project that the annotator may have in all; at least one. */
    static final String SHARE_SLOTS = "greatest(1, p.slot_count * p.share_percent_max / 100)";

    static final String SHARE_TAKEN = """
            (select count(*) from claim sc where sc.project_id = p.project_id and sc.annotator_id = me.person_id and sc.counts_to_share
                and sc.state in ('claimed', 'shown', 'submitted'))""";

    /** The project's limit or the annotator's own, whichever is lower. */
    static final String EXPOSURE_MINUTES = "least(p.exposure_minutes_max, me.exposure_minutes_max)";

    /** Milliseconds of today with tasks of a project that warns: what is booked, and the estimates of what is claimed. */
    static final String EXPOSED_MILLIS = """
            ((select coalesce(sum(extract(epoch from upper(w.span) - lower(w.span)) * 1000), 0)
                from worked_interval w join project wp on wp.project_id = w.project_id
               where w.annotator_id = me.person_id and w.span && tstzrange(date_trunc('day', clock_now(), 'UTC'), null)
                 and w.claim_id is not null and wp.content_warning is not null)
             + (select coalesce(sum(ec.estimate_millis), 0) from claim ec join project ep on ep.project_id = ec.project_id
                 where ec.annotator_id = me.person_id and ec.state in ('claimed', 'shown') and ep.content_warning is not null))""";

    static final String SKILLS_HELD = """
            not exists (select from project_skill n where n.project_id = p.project_id
                           and not exists (select from skill_held h where h.person_id = me.person_id and h.skill_id = n.skill_id and h.level >= n.level))""";

    /** The columns of this record; the first parameter is the version of the consent. */
    static final String COLUMNS = """
            coalesce((select c.decision from consent c where c.person_id = me.person_id and c.version = ?
                       order by c.consent_id desc limit 1) = 'agreed', false),
            case when p.regions is null or me.region = any (p.regions) then null else array_to_string(p.regions, ', ') end,
            case when p.languages is null or me.languages && p.languages then null else array_to_string(p.languages, ' or ') end,
            case when p.skills is not null then (
                select string_agg(k.name || case when cardinality(k.levels) > 1 then ' ' || k.levels[n.level] else '' end, ' and ' order by k.name)
                  from project_skill n join skill k on k.skill_id = n.skill_id
                 where n.project_id = p.project_id
                   and not exists (select from skill_held h where h.person_id = me.person_id and h.skill_id = n.skill_id and h.level >= n.level)) end,
            case when p.skills is not null then (
                select q.qualification_id
                  from project_skill n join skill k on k.skill_id = n.skill_id
                  join qualification q on q.skill_id = n.skill_id and q.level >= n.level and q.open
                 where n.project_id = p.project_id
                   and not exists (select from skill_held h where h.person_id = me.person_id and h.skill_id = n.skill_id and h.level >= n.level)
                 order by k.name, q.level, q.qualification_id limit 1) end,
            case when p.share_percent_max is not null and %s >= %s then p.share_percent_max end,
            case when p.exposure_minutes_max is not null and p.content_warning is not null and %s >= %s * 60000 then %s end,
            coalesce(me.exposure_minutes_max < p.exposure_minutes_max, false),
            coalesce(pace.reserve_exhausted, false),
            p.items_named_by = 'requester' and not exists (select from item_assignment a where a.project_id = p.project_id and a.annotator_id = me.person_id),
            case when p.rest_minutes is not null then %s end
            """.formatted(SHARE_TAKEN, SHARE_SLOTS, EXPOSED_MILLIS, EXPOSURE_MINUTES, EXPOSURE_MINUTES, Rest.UNTIL);

    /** Empty: nothing. */
    List<Lack> lacks() {
        List<Lack> lacks = new ArrayList<>();
        if (!consented) {
            lacks.add(new Lack("CONSENT_REQUIRED", null, "needs your agreement to your time being measured", "Read the text at GET /api/me and answer it."));
        }
        if (regions != null) {
            lacks.add(new Lack("NEEDS_REGION", regions, "is for " + regions, "Choose another project; whoever provisioned you can correct your region."));
        }
        if (languages != null) {
            lacks.add(new Lack("NEEDS_LANGUAGE", languages, "needs " + languages, "Choose another project; whoever provisioned you can correct your languages."));
        }
        if (skills != null) {
            lacks.add(new Lack("NEEDS_SKILL", skills, "needs " + skills, qualificationId == null ? "The requester grants it."
                    : "Take the qualification %s, or have the requester grant it.".formatted(qualificationId), qualificationId));
        }
        if (sharePercent != null) {
            lacks.add(new Lack("SHARE_REACHED", sharePercent.toString(), "lets one person do %d %% of its labels, and you have them".formatted(sharePercent),
                    "Choose another project; what you hold can be submitted."));
        }
        if (exposureMinutes != null && ownExposure) {
            lacks.add(new Lack("OWN_EXPOSURE_REACHED", exposureMinutes.toString(),
                    "shows distressing content, and the %d minutes of it a day that you allow yourself are used up".formatted(exposureMinutes),
                    "Choose a project without a content warning, come back tomorrow (UTC), or change your limit at PUT /api/me/exposure-limit."));
        } else if (exposureMinutes != null) {
            lacks.add(new Lack("EXPOSURE_REACHED", exposureMinutes.toString(),
                    "shows distressing content, and your %d minutes of it a day are used up".formatted(exposureMinutes),
                    "Choose a project without a content warning, or come back tomorrow (UTC)."));
        }
        if (reserveExhausted) {
            lacks.add(new Lack("RESERVE_EXHAUSTED", null, "cannot cover what has accrued beyond its rewards",
                    "What you have earned is owed all the same; the requester has been told."));
        }
        if (nothingAssigned) {
            lacks.add(new Lack("NOTHING_ASSIGNED", null, "assigns its items, and none of them to you", "Choose another project, or ask the requester for items."));
        }
        if (restUntil != null) {
            lacks.add(new Lack("REST_DUE", restUntil.toString(), "lets you rest until %s UTC".formatted(HOUR_AND_MINUTE.format(restUntil)),
                    "Rest: it is booked as break while the page of the project says so. What you hold can be finished; the rest counts from the last task on."));
        }
        return lacks;
    }
}
