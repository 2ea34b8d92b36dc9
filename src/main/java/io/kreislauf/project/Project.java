package io.kreislauf.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.ledger.TimeClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One kind of task with its pay and rules, as its owner and its annotators see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Project(UUID projectId, UUID organisationId, String title, String purpose, String contentWarning, String guidelines,
                      JsonNode examples, Form form, int formVersion, ProjectState state, String currency, String payRule,
                      long rewardMinor, long estimateMillis, int labelsWanted, Integer labelsMax, long floorMinorPerHour,
                      long reserveMinor, long idleMillis, long deadlineMillis, long leaseMillis, int prefetchLimit, int reviewDays,
                      int appealDays, List<String> regions, List<String> languages, int trainSharePercent, String origin,
                      String logName, String claimOrder, Integer sharePercentMax, Integer exposureMinutesMax, List<NeededSkill> skills, ExtraPay extraPay,
                      Integer goldPercent, String itemsNamedBy, Integer restAfterMinutes, Integer restMinutes, Instant createdAt,
                      Instant publishedAt, Instant closedAt) {

    private static final long HOUR_MILLIS = 3_600_000;

    /** What escrow holds for each label: the reward, or the hourly rate for the estimated time, and the supplement. */
    public long heldPerLabelMinor() {
        return Math.addExact(payRule.equals("piece") ? rewardMinor : heldForTimeMinor(), extraPay.hazardMinor());
    }

    /** Of it, paid by the hour: the rate for the estimated time, rounded up; else 0. */
    public long heldForTimeMinor() {
        return payRule.equals("hour") ? Math.ceilDiv(Math.multiplyExact(rewardMinor, estimateMillis), HOUR_MILLIS) : 0;
    }

    /** What an hour of this class is paid when it is booked; 0: it is not paid as time. Reviewers are paid by whom they work for. */
    public long minorPerHour(TimeClass timeClass) {
        return switch (payRule) {
            case "hour" -> timeClass == TimeClass.REVIEW ? 0 : rewardMinor;
            case "piece" -> switch (timeClass) {
                case RETURNED -> extraPay.returnedMinorPerHour();
                case QUALIFICATION -> extraPay.qualificationMinorPerHour();
                default -> 0;
            };
            default -> 0;
        };
    }

    /** What an hour brings if each label takes exactly the estimated time, with the supplement. */
    public long advertisedMinorPerHour() {
        return advertisedMinorPerHour(estimateMillis);
    }

    /** The same if each label takes {@code millis}. */
    public long advertisedMinorPerHour(long millis) {
        return advertisedMinorPerHour(payRule, rewardMinor, extraPay.hazardMinor(), millis);
    }

    /** What an hour brings if each label takes {@code millis}: by the piece reward and supplement of each, by the hour the rate and the supplements. */
    public static long advertisedMinorPerHour(String payRule, long rewardMinor, long hazardMinor, long millis) {
        return switch (payRule) {
            case "piece" -> Math.multiplyExact(Math.addExact(rewardMinor, hazardMinor), HOUR_MILLIS) / millis;
            case "hour" -> rewardMinor + Math.multiplyExact(hazardMinor, HOUR_MILLIS) / millis;
            default -> 0;
        };
    }

    /** What its owner could send to get the same project. */
    ProjectDraft draft() {
        return new ProjectDraft(title, purpose, contentWarning, guidelines, examples, form, currency, payRule, rewardMinor,
                estimateMillis / 1000, labelsWanted, labelsMax, floorMinorPerHour, reserveMinor, idleMillis / 1000,
                deadlineMillis / 60_000, leaseMillis / 60_000, prefetchLimit, reviewDays, appealDays, regions, languages,
                trainSharePercent, origin, logName, claimOrder, sharePercentMax, exposureMinutesMax, skills, extraPay,
                goldPercent, itemsNamedBy, restAfterMinutes, restMinutes);
    }
}
