package io.kreislauf.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;

/** PostgreSQL keeps no NUL character in a text: a body that holds one is refused before anybody acts on it, with its place. */
@Singleton
class WithoutNul implements ObjectMapperCustomizer {

    /** Its path is that of the text. */
    static final class Found extends JsonMappingException {

        Found(JsonParser parser) {
            super(parser, "A text holds the NUL character (\\u0000).");
        }
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("without-nul").addDeserializer(String.class, new Text()).addDeserializer(JsonNode.class, new Tree()));
    }

    private static boolean isIn(String text) {
        return text != null && text.indexOf('\0') >= 0;
    }

    private static final class Text extends StdScalarDeserializer<String> {

        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            if (isIn(text)) {
                throw new Found(parser);
            }
            return text;
        }
    }

    private static final class Tree extends JsonDeserializer<JsonNode> {

        private final JsonDeserializer<? extends JsonNode> any = JsonNodeDeserializer.getDeserializer(JsonNode.class);

        @Override
        public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode tree = any.deserialize(parser, context);
            JsonMappingException found = search(parser, tree);
            if (found != null) {
                throw found;
            }
            return tree;
        }

        @Override
        public JsonNode getNullValue(DeserializationContext context) throws JsonMappingException {
            return any.getNullValue(context);
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
            return any.getAbsentValue(context);
        }

        private static JsonMappingException search(JsonParser parser, JsonNode node) {
            if (node.isTextual() && isIn(node.textValue())) {
                return new Found(parser);
            }
            for (int i = 0; node.isArray() && i < node.size(); i++) {
                JsonMappingException found = search(parser, node.get(i));
                if (found != null) {
                    found.prependPath(node, i);
                    return found;
                }
            }
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                JsonMappingException found = isIn(field.getKey()) ? new Found(parser) : search(parser, field.getValue());
                if (found != null) {
                    found.prependPath(node, field.getKey().replace("\0", ""));
                    return found;
                }
            }
            return null;
        }
    }
}
