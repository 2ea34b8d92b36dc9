package io.kreislauf.label;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param medianMillis         of one label, so far
 * @param effectiveMinorPerHour wages due and paid over all time booked; null without time
 * @param notice               what the requester has to know; null: nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(long items, long slots, long open, long claimed, long submitted, long approved, long rejected, long labels,
                       long resolved, long observedMillis, long declaredMillis, Map<String, Long> millisByClass, long spentMinor,
                       long dueMinor, long escrowMinor, long reserveLeftMinor, long estimateMillis, Long medianMillis,
                       long advertisedMinorPerHour, Long effectiveMinorPerHour, String currency, String notice) {}
