package io.kreislauf.label;

import io.kreislauf.stream.CloudEvent;
import io.kreislauf.stream.Consuming;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes in what happened to labels. */
@ApplicationScoped
class LabelEvents {

    private static final String SUBMITTED = "io.kreislauf.label.submitted.v1";
    private static final String REJECTED = "io.kreislauf.label.rejected.v1";
    private static final String NARROWED = "io.kreislauf.label.narrowed.v1";
    private static final String RESTORED = "io.kreislauf.label.restored.v1";

    private final Consuming consuming;
    private final LabelRows labels;
    private final Agreeing agreeing;

    LabelEvents(Consuming consuming, LabelRows labels, Agreeing agreeing) {
        this.consuming = consuming;
        this.labels = labels;
        this.agreeing = agreeing;
    }

    @Incoming("labels-label")
    @Blocking
    void on(ConsumerRecords<String, String> messages) {
        consuming.each("label", messages, this::handle);
    }

    /** In order; what becomes of one label later in the batch wins. */
    private void handle(List<CloudEvent> events) {
        List<LabelRows.Arrived> arrived = new ArrayList<>();
        Map<UUID, LabelRows.Judged> judged = new LinkedHashMap<>();
        Map<UUID, LabelRows.Narrowed> narrowed = new LinkedHashMap<>();
        Set<UUID> items = new LinkedHashSet<>();
        for (CloudEvent event : events) {
            switch (event.type()) {
                case SUBMITTED -> arrived.add(new LabelRows.Arrived(event.uuid("submissionId"), event.uuid("projectId"), event.uuid("itemId"),
                        event.uuid("annotatorId"), event.data().required("answer").toString(), event.data().required("counts").asBoolean()));
                case REJECTED, RESTORED -> {
                    UUID submissionId = event.uuid("submissionId");
                    judged.put(submissionId, new LabelRows.Judged(submissionId, event.type().equals(REJECTED)));
                    if (event.type().equals(RESTORED)) {
                        narrowed.put(submissionId, new LabelRows.Narrowed(submissionId, null));
                    }
                }
                case NARROWED -> {
                    UUID submissionId = event.uuid("submissionId");
                    narrowed.put(submissionId, new LabelRows.Narrowed(submissionId, questions(event)));
                }
                default -> {
                    continue;
                }
            }
            items.add(event.uuid("itemId"));
        }
        labels.insert(arrived);
        labels.judge(List.copyOf(judged.values()));
        narrowed.values().forEach(labels::narrow);
        agreeing.about(items);
    }

    private static String[] questions(CloudEvent event) {
        List<String> questions = new ArrayList<>();
        event.data().required("questions").forEach(question -> questions.add(question.textValue()));
        return questions.toArray(String[]::new);
    }
}
