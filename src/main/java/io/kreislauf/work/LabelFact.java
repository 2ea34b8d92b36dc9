package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.kreislauf.stream.Outbox.Outgoing;
import io.kreislauf.stream.Topic;
import java.util.List;
import java.util.UUID;

/**
 * What happened to a label, as the topic {@code labels} tells it. Schemas: {@code schemas/io.kreislauf.label.*.json}.
 *
 * @param annotatorId only of a submitted label
 * @param answer      only of a submitted label; JSON
 * @param questions   only of a narrowed label: those whose answers may be used
 * @param counts      only of a submitted label: whether it counts to the overlap of its item
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LabelFact(UUID submissionId, UUID projectId, UUID itemId, UUID annotatorId, @JsonRawValue String answer, Boolean counts,
                 List<String> questions) {

    static Outgoing submitted(UUID submissionId, UUID projectId, UUID itemId, UUID annotatorId, String answer, boolean counts) {
        return of("submitted", new LabelFact(submissionId, projectId, itemId, annotatorId, answer, counts, null));
    }

    static Outgoing approved(UUID submissionId, UUID projectId, UUID itemId) {
        return of("approved", new LabelFact(submissionId, projectId, itemId, null, null, null, null));
    }

    static Outgoing narrowed(UUID submissionId, UUID projectId, UUID itemId, List<String> questions) {
        return of("narrowed", new LabelFact(submissionId, projectId, itemId, null, null, null, questions));
    }

    static Outgoing rejected(UUID submissionId, UUID projectId, UUID itemId) {
        return of("rejected", new LabelFact(submissionId, projectId, itemId, null, null, null, null));
    }

    static Outgoing restored(UUID submissionId, UUID projectId, UUID itemId) {
        return of("restored", new LabelFact(submissionId, projectId, itemId, null, null, null, null));
    }

    private static Outgoing of(String what, LabelFact fact) {
        return new Outgoing(Topic.LABELS, "io.kreislauf.label.%s.v1".formatted(what), fact.itemId, fact);
    }
}
