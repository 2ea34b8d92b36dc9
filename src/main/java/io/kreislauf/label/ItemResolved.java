package io.kreislauf.label;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * What is agreed about an item, or that nothing is any more.
 *
 * @param answer    the most frequent value of each question that is not tied; null if none is left
 * @param tied      the most frequent values of each tied question; null if no question is tied
 * @param agreement share of the labels that chose the most frequent value, 0 to 1; null without labels
 * @param labels    how many count
 * @param resolved  false: the item leaves the data set until more labels have come
 * @param version   rises with each event about the item
 */
public record ItemResolved(UUID projectId, UUID itemId, JsonNode answer, JsonNode tied, Double agreement, int labels, boolean resolved,
                           int version) {

    public static final String TYPE = "io.kreislauf.item.resolved.v1";
}
