package io.kreislauf.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.function.Consumer;

/** Items as one JSON object a line. The content is the field {@code content}, or every field without a meaning of its own. */
record JsonLinesItemFile(ItemFields fields, ObjectMapper json) implements ItemFile {

    @Override
    public void read(InputStream bytes, Consumer<NewItem> each, Faults faults) throws IOException {
        BufferedReader reader = ItemFile.utf8(bytes);
        long line = 0;
        try {
            for (String text = reader.readLine(); text != null && !faults.isFull(); text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    NewItem item = item(line, text, faults);
                    if (item != null) {
                        each.accept(item);
                    }
                }
            }
        } catch (CharacterCodingException notUtf8) {
            faults.add(line + 1, null, "The file is not UTF-8 here or shortly after.");
        }
    }

    private NewItem item(long line, String text, Faults faults) {
        try {
            if (!(json.readTree(text) instanceof ObjectNode object)) {
                faults.add(line, null, "Not a JSON object.");
                return null;
            }
            JsonNode content = object.get("content");
            if (content instanceof ObjectNode nested) {
                ObjectNode flat = nested.deepCopy();
                flat.remove(ItemFields.WITH_MEANING);
                if (flat.size() != nested.size()) {
                    faults.add(line, "content", "A field of the content is called as one that has a meaning of its own.");
                    return null;
                }
                object.remove("content");
                flat.setAll(object);
                object = flat;
            }
            return fields.item(line, object, object.has("key"), faults);
        } catch (JsonProcessingException malformed) {
            var at = malformed.getLocation();
            faults.add(line, at == null ? null : "column " + at.getColumnNr(), "Not JSON: " + malformed.getOriginalMessage());
            return null;
        }
    }
}
