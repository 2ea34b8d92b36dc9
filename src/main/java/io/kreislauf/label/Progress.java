package io.kreislauf.label;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.work.Pacing;
import java.util.Map;

/**
 * How far a project is, and what it has taken so far.
 *
 * @param labels               that count, have come through the topic and are not rejected
 * @param resolved             items that are in the working data set
 * @param observedMillis       time of all classes that the platform observed
 * @param declaredMillis       time of all classes that was declared and approved
 * @param millisByClass        both, by time class
 * @param spentMinor           wages paid
 * @param dueMinor             wages that are due and not paid
 * @param medianMillis         of one label, so far; q1 and q3 are the quartiles
 * @param advertisedNowMinorPerHour the wage at that median, once it exceeds the estimate
 * @param medianEffectiveMinorPerHour of the annotators, over work that is decided on
 * @param effectiveMinorPerHour wages due and paid over all time booked; null without time
 * @param notice               what the requester has to know; null: nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(long items, long slots, long open, long claimed, long submitted, long approved, long rejected, long labels,
                       long resolved, long observedMillis, long declaredMillis, Map<String, Long> millisByClass, long spentMinor,
                       long dueMinor, long escrowMinor, long reserveLeftMinor, long estimateMillis, Long q1Millis,
                       Long medianMillis, Long q3Millis, long advertisedMinorPerHour, Long advertisedNowMinorPerHour,
                       Long medianEffectiveMinorPerHour, Long effectiveMinorPerHour, String currency, Pacing.Notice noticeCode, String notice) {}
