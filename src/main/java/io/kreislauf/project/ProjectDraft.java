package io.kreislauf.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kreislauf.Refusal;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/**
 * What a requester sets before publishing. Everything left out gets the default of the column of the same name.
 *
 * @param payRule        piece (by label), hour (by booked hour) or none (paid elsewhere)
 * @param rewardMinor    per label or per hour, in minor units
 * @param labelsMax      up to how many labels an undecided item may get; null: as many as wanted
 * @param origin         normal, demo or log; the latter two mark work not done here
 * @param claimOrder     random, priority (of the item) or least_confident (nobody's label first, then the least agreement)
 * @param sharePercentMax    of the slots, that one annotator may take; null: all
 * @param exposureMinutesMax a day, that an annotator may have spent on tasks with a content warning, whosever they are; with a
 *                       warning and nothing said it is {@value #EXPOSURE_MINUTES_DEFAULT}
 * @param skills         what an annotator has to hold; null: nothing
 * @param extraPay       beyond the reward; null: nothing
 * @param goldPercent    gold slots for each hundred others: labels of items with a known answer, told apart by nobody who labels;
 *                       null: none
 * @param restAfterMinutes booked minutes with tasks of this project after which an annotator has to rest; null: never
 * @param restMinutes    how long: minutes without a task; booked as {@code break} and paid, so the project pays by the hour or has a floor
 * @param itemsNamedBy   who says which item is claimed: nobody, annotators (a claim may name items) or requester (by assigning); a log
 *                       and the demo name them
 */
public record ProjectDraft(String title, String purpose, String contentWarning, String guidelines, JsonNode examples, Form form,
                           String currency, String payRule, Long rewardMinor, Long estimateSeconds, Integer labelsWanted,
                           Integer labelsMax, Long floorMinorPerHour, Long reserveMinor, Long idleSeconds, Long deadlineMinutes,
                           Long leaseMinutes, Integer prefetchLimit, Integer reviewDays, Integer appealDays, List<String> regions,
                           List<String> languages, Integer trainSharePercent, String origin, String logName, String claimOrder,
                           Integer sharePercentMax, Integer exposureMinutesMax, List<NeededSkill> skills, ExtraPay extraPay,
                           Integer goldPercent, String itemsNamedBy, Integer restAfterMinutes, Integer restMinutes) {

    static final int EXPOSURE_MINUTES_DEFAULT = 120;
    private static final int SKILLS_MAX = 10;
    private static final long REWARD_MINOR_MAX = 1_000_000_000L;
    private static final long RESERVE_MINOR_MAX = 1_000_000_000_000L;

    public ProjectDraft {
        title = title == null ? null : title.strip();
        purpose = purpose == null ? "" : purpose;
        contentWarning = contentWarning == null || contentWarning.isBlank() ? null : contentWarning;
        guidelines = guidelines == null ? "" : guidelines;
        examples = examples == null || examples.isNull() ? JsonNodeFactory.instance.arrayNode() : examples;
        payRule = payRule == null ? "piece" : payRule;
        floorMinorPerHour = orElse(floorMinorPerHour, 0);
        reserveMinor = orElse(reserveMinor, 0);
        idleSeconds = orElse(idleSeconds, 60);
        deadlineMinutes = orElse(deadlineMinutes, 60);
        leaseMinutes = orElse(leaseMinutes, 10);
        labelsWanted = orElse(labelsWanted, 1);
        prefetchLimit = orElse(prefetchLimit, 5);
        reviewDays = orElse(reviewDays, 7);
        appealDays = orElse(appealDays, 14);
        regions = regions == null || regions.isEmpty() ? null : List.copyOf(regions);
        languages = languages == null || languages.isEmpty() ? null : List.copyOf(languages);
        trainSharePercent = orElse(trainSharePercent, 70);
        origin = origin == null ? "normal" : origin;
        claimOrder = claimOrder == null ? "random" : claimOrder;
        exposureMinutesMax = exposureMinutesMax == null && contentWarning != null && origin.equals("normal")
                ? Integer.valueOf(EXPOSURE_MINUTES_DEFAULT) : exposureMinutesMax;
        extraPay = extraPay == null ? ExtraPay.NONE : extraPay;
        itemsNamedBy = itemsNamedBy == null ? origin.equals("normal") ? "nobody" : "annotators" : itemsNamedBy;
        skills = skills == null || skills.isEmpty() ? null : List.copyOf(skills);
    }

    /**
     * Itself, if a project can be made of it.
     *
     * @throws Refusal naming the field at fault
     */
    ProjectDraft sound() {
        text("title", title, 1, 200);
        text("purpose", purpose, 0, 10_000);
        text("guidelines", guidelines, 0, 200_000);
        text("contentWarning", contentWarning == null ? "" : contentWarning, 0, 2_000);
        if (!examples.isArray() || examples.size() > 100) {
            throw Refusal.invalid("examples", "Examples are a list of at most 100.", "Send [{\"content\": ..., \"answer\": ..., \"why\": ...}].");
        }
        if (form == null) {
            throw Refusal.invalid("form", "A project needs a form.", "Send {\"questions\": [...]}.");
        }
        form.sound();
        if (currency == null || Currency.getAvailableCurrencies().stream().noneMatch(c -> c.getCurrencyCode().equals(currency))) {
            throw Refusal.invalid("currency", "A currency is an ISO 4217 code.", "Send USD, EUR, KES ...");
        }
        oneOf("payRule", payRule, Set.of("piece", "hour", "none"));
        extraPay.sound(payRule);
        oneOf("origin", origin, Set.of("normal", "demo", "log"));
        if ((logName != null) != origin.equals("log")) {
            throw Refusal.invalid("logName", "A replayed log has a name, nothing else does.", "Send origin log together with logName.");
        }
        within("rewardMinor", rewardMinor, payRule.equals("none") ? 0 : 1, REWARD_MINOR_MAX);
        within("estimateSeconds", estimateSeconds, 1, 86_400);
        within("labelsWanted", labelsWanted.longValue(), 1, 1000);
        within("labelsMax", labelsMax == null ? labelsWanted.longValue() : labelsMax, labelsWanted, 1000);
        within("floorMinorPerHour", floorMinorPerHour, 0, REWARD_MINOR_MAX);
        within("reserveMinor", reserveMinor, 0, RESERVE_MINOR_MAX);
        within("idleSeconds", idleSeconds, 5, 3600);
        within("deadlineMinutes", deadlineMinutes, 1, 60 * 24 * 30);
        within("leaseMinutes", leaseMinutes, 1, 60 * 24);
        within("prefetchLimit", prefetchLimit.longValue(), 1, 200);
        within("reviewDays", reviewDays.longValue(), 1, 60);
        within("appealDays", appealDays.longValue(), 1, 60);
        within("trainSharePercent", trainSharePercent.longValue(), 0, 100);
        oneOf("claimOrder", claimOrder, Set.of("random", "priority", "least_confident"));
        within("sharePercentMax", sharePercentMax == null ? 100L : sharePercentMax.longValue(), 1, 100);
        within("exposureMinutesMax", exposureMinutesMax == null ? 1440L : exposureMinutesMax.longValue(), 1, 1440);
        if (skills != null && (skills.size() > SKILLS_MAX || skills.stream().map(NeededSkill::skill).distinct().count() < skills.size())) {
            throw Refusal.invalid("skills", "A project asks for at most %d skills, each once.".formatted(SKILLS_MAX), "Leave some out.");
        }
        if (regions != null && !regions.stream().allMatch(r -> r.matches("[A-Z]{2}"))) {
            throw Refusal.invalid("regions", "A region is an ISO 3166-1 alpha-2 country code.", "For Kenya send KE.");
        }
        rest();
        oneOf("itemsNamedBy", itemsNamedBy, Set.of("nobody", "annotators", "requester"));
        if (goldPercent != null) {
            within("goldPercent", goldPercent.longValue(), 1, 50);
            if (!itemsNamedBy.equals("nobody") || !claimOrder.equals("random")) {
                throw Refusal.invalid("goldPercent", "Whoever names items, or knows their order, can tell which answers are known.",
                        "Let nobody name items, in random order, or leave goldPercent out.");
            }
        }
        return this;
    }

    private void rest() {
        if (restAfterMinutes == null && restMinutes == null) {
            return;
        }
        within("restAfterMinutes", restAfterMinutes == null ? null : restAfterMinutes.longValue(), 10, 480);
        within("restMinutes", restMinutes == null ? null : restMinutes.longValue(), 1, 30);
        if (payRule.equals("piece") && floorMinorPerHour == 0) {
            throw Refusal.invalid("restMinutes", "Rest that is prescribed is paid, and by the piece without a floor nothing would pay it.",
                    "Pay by the hour, set floorMinorPerHour, or leave restAfterMinutes and restMinutes out.");
        }
    }

    private static void text(String field, String value, int lengthMin, int lengthMax) {
        if (value == null || value.length() < lengthMin || value.length() > lengthMax || value.indexOf('\0') >= 0) {
            throw Refusal.invalid(field, "%s has %d to %d characters.".formatted(field, lengthMin, lengthMax), "Shorten or fill it in.");
        }
    }

    private static void oneOf(String field, String value, Set<String> allowed) {
        if (!allowed.contains(value)) {
            throw Refusal.invalid(field, "%s is one of %s.".formatted(field, allowed.stream().sorted().toList()), "Send one of these.");
        }
    }

    private static void within(String field, Long value, long min, long max) {
        if (value == null || value < min || value > max) {
            throw Refusal.invalid(field, "%s is a whole number from %d to %d.".formatted(field, min, max), "Send a number within these bounds.");
        }
    }

    private static long orElse(Long value, long otherwise) {
        return value == null ? otherwise : value;
    }

    private static int orElse(Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
