package io.kreislauf.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a release sends fits the schema that consumers rely on. */
class ReleasedSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aReleaseFitsItsSchemaAndAFaultIsSeen() throws Exception {
        try (var file = ReleasedSchemaTest.class.getResourceAsStream("/schemas/" + WritingRelease.RELEASED + ".json")) {
            JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(file);
            UUID id = UUID.randomUUID();
            assertEquals(Set.of(), schema.validate(JSON.valueToTree(new WritingRelease.Released(id, id, id, 1, 7, 3))));
            assertFalse(schema.validate(JSON.valueToTree(new WritingRelease.Released(id, id, id, 0, 7, 3))).isEmpty());
        }
    }
}
