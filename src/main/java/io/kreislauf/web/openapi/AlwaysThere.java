package io.kreislauf.web.openapi;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;

/**
 * Members of primitive types are in every answer; what may be null or missing stays optional, so that types generated from the document make
 * their readers look. A member written as raw JSON is any JSON value, though it is text in the code.
 */
final class AlwaysThere {

    private AlwaysThere() {
    }

    static void say(Schema schema, Map<String, RecordComponentInfo> members, boolean answered) {
        members.forEach((name, component) -> {
            if (answered && component.type().kind() == Type.Kind.PRIMITIVE) {
                schema.addRequired(name);
            }
            if (RecordsOfSchemas.has(component, JsonRawValue.class)) {
                schema.addProperty(name, OASFactory.createSchema().description("JSON as it was given"));
            }
        });
    }
}
