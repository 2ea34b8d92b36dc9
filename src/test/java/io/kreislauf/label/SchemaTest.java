package io.kreislauf.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is sent fits the schemas that consumers rely on. */
class SchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonSchema schema(String type) throws IOException {
        try (InputStream file = SchemaTest.class.getResourceAsStream("/schemas/" + type + ".json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(file);
        }
    }

    private static Set<?> faults(ItemResolved event) throws IOException {
        JsonNode written = JSON.readTree(JSON.writeValueAsString(event));
        return schema(ItemResolved.TYPE).validate(written);
    }

    @Test
    void whatIsAgreedFitsItsSchema() throws IOException {
        UUID id = UUID.randomUUID();
        assertEquals(Set.of(), faults(new ItemResolved(id, id, JSON.readTree("{\"q\": \"a\"}"), null, 0.75, 4, true, 1)));
        assertEquals(Set.of(), faults(new ItemResolved(id, id, null, JSON.readTree("{\"q\": [\"a\", \"b\"]}"), 0.5, 4, true, 2)));
        assertEquals(Set.of(), faults(new ItemResolved(id, id, null, null, null, 0, false, 3)));
    }

    @Test
    void theSchemaSeesAFault() throws IOException {
        UUID id = UUID.randomUUID();
        assertFalse(faults(new ItemResolved(id, id, JSON.readTree("\"a\""), null, 0.75, 4, true, 1)).isEmpty());
        assertFalse(faults(new ItemResolved(id, id, null, null, 1.5, 4, true, 1)).isEmpty());
    }

    @Test
    void everySchemaOfALabelAcceptsWhatItDescribes() throws IOException {
        String ids = "\"submissionId\": \"%1$s\", \"projectId\": \"%1$s\", \"itemId\": \"%1$s\"".formatted(UUID.randomUUID());
        for (String what : new String[] {"approved", "rejected", "restored"}) {
            assertEquals(Set.of(), schema("io.kreislauf.label." + what + ".v1").validate(JSON.readTree("{" + ids + "}")));
        }
        JsonSchema submitted = schema("io.kreislauf.label.submitted.v1");
        assertEquals(Set.of(), submitted.validate(JSON.readTree(
                "{" + ids + ", \"annotatorId\": \"%s\", \"answer\": {\"q\": \"a\"}, \"counts\": true}".formatted(UUID.randomUUID()))));
        assertFalse(submitted.validate(JSON.readTree("{" + ids + "}")).isEmpty());
    }
}
