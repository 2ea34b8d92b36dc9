package io.kreislauf.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * One event as it stands on a topic: CloudEvents 1.0, structured content mode in JSON.
 *
 * @param id      the same for each delivery of one event
 * @param type    names the JSON Schema of {@code data}, with its version
 * @param subject what the event is about; also the Kafka key
 */
public record CloudEvent(String specversion, UUID id, String source, String type, UUID subject, Instant time,
                         String datacontenttype, JsonNode data) {

    public CloudEvent {
        if (!"1.0".equals(specversion) || id == null || type == null || subject == null || data == null) {
            throw new IllegalArgumentException("Not a CloudEvent of version 1.0 with id, type, subject and data.");
        }
    }

    static CloudEvent of(UUID id, String type, UUID subject, Instant time, JsonNode data) {
        return new CloudEvent("1.0", id, "/kreislauf", type, subject, time, "application/json", data);
    }

    /** A field of {@code data} that holds a UUID. */
    public UUID uuid(String field) {
        return UUID.fromString(data.required(field).asText());
    }
}
