package io.kreislauf.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.stream.CloudEvent;
import io.kreislauf.stream.Consuming;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes what is agreed about items into the working version, and takes out what is no longer agreed. */
@ApplicationScoped
class ItemEvents {

    static final String CONSUMER = "dataset";
    private static final String RESOLVED = "io.kreislauf.item.resolved.v1";

    private final Consuming consuming;
    private final SplitRows splits;
    private final WorkingRows rows;

    ItemEvents(Consuming consuming, SplitRows splits, WorkingRows rows) {
        this.consuming = consuming;
        this.splits = splits;
        this.rows = rows;
    }

    @Incoming("items-dataset")
    @Blocking
    void on(ConsumerRecords<String, String> records) {
        consuming.each(CONSUMER, records, this::takeIn);
    }

    private void takeIn(List<CloudEvent> events) {
        Collection<WorkingRows.Agreed> latest = latest(events);
        if (!latest.isEmpty()) {
            splits.drawWhereMissing(latest.stream().map(WorkingRows.Agreed::itemId).toList());
            rows.take(latest);
        }
    }

    /** Of several events about one item only the last state matters; in the order of the items, so that batches do not block each other crosswise. */
    private static Collection<WorkingRows.Agreed> latest(List<CloudEvent> events) {
        Map<UUID, WorkingRows.Agreed> latest = new LinkedHashMap<>();
        for (CloudEvent event : events) {
            if (RESOLVED.equals(event.type())) {
                WorkingRows.Agreed agreed = read(event);
                latest.merge(agreed.itemId(), agreed, (a, b) -> b.version() >= a.version() ? b : a);
            }
        }
        return latest.values().stream().sorted(java.util.Comparator.comparing(WorkingRows.Agreed::itemId)).toList();
    }

    private static WorkingRows.Agreed read(CloudEvent event) {
        JsonNode data = event.data();
        JsonNode agreement = data.path("agreement");
        return new WorkingRows.Agreed(event.uuid("itemId"), event.uuid("projectId"),
                data.path("answer").isObject() ? data.path("answer").toString() : "{}", data.path("tied").isObject() ? data.path("tied").toString() : null,
                agreement.isNumber() ? agreement.decimalValue() : null, data.path("labels").asInt(), data.path("version").asInt(),
                data.required("resolved").asBoolean());
    }
}
