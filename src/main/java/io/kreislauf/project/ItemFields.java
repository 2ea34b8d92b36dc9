package io.kreislauf.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Turns the named fields of one row or object into an item; fields without a meaning of their own are its content. */
final class ItemFields {

    static final int FIELD_CHARACTERS_MAX = 200_000;
    static final int FIELDS_MAX = 200;
    static final int KEY_CHARACTERS_MAX = 300;

    static final Set<String> WITH_MEANING = Set.of("key", "labelsWanted", "gold", "source", "licence", "lawfulBasis", "group", "priority");

    private final Form form;
    private final ObjectMapper json;

    ItemFields(Form form, ObjectMapper json) {
        this.form = form;
        this.json = json;
    }

    /** The item, or null after adding to {@code faults} what is wrong with it. */
    NewItem item(long line, ObjectNode fields, boolean keyed, Faults faults) {
        Row row = new Row(line, faults);
        if (fields.size() > FIELDS_MAX) {
            row.fault(null, "More than %d fields.".formatted(FIELDS_MAX));
            return null;
        }
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        boolean blank = true;
        for (Iterator<Map.Entry<String, JsonNode>> all = fields.fields(); all.hasNext();) {
            Map.Entry<String, JsonNode> field = all.next();
            String written = field.getValue().isTextual() ? field.getValue().textValue() : field.getValue().toString();
            if (written.length() > FIELD_CHARACTERS_MAX) {
                row.fault(field.getKey(), "Longer than %d characters.".formatted(FIELD_CHARACTERS_MAX));
            } else if (written.indexOf('\0') >= 0 || written.contains("\\u0000")) {
                row.fault(field.getKey(), "Contains a NUL character.");
            }
            if (!WITH_MEANING.contains(field.getKey())) {
                content.set(field.getKey(), field.getValue());
                blank &= written.isBlank() || field.getValue().isNull();
            }
        }
        if (blank) {
            row.fault(null, "There is nothing to show to annotators: every field of the content is empty.");
        }
        String contentText = content.toString();
        String key = key(row, fields, keyed, contentText);
        Integer labelsWanted = labelsWanted(row, text(fields, "labelsWanted"));
        int priority = priority(row, text(fields, "priority"));
        String gold = gold(row, fields.get("gold"));
        return row.faulty ? null : new NewItem(line, key, contentText, labelsWanted, gold, text(fields, "source"), text(fields, "licence"),
                text(fields, "lawfulBasis"), text(fields, "group"), priority);
    }

    private static String key(Row row, ObjectNode fields, boolean keyed, String content) {
        if (!keyed) {
            return hash(content);
        }
        String key = text(fields, "key");
        if (key == null) {
            row.fault("key", "The key is empty.");
        } else if (key.length() > KEY_CHARACTERS_MAX) {
            row.fault("key", "The key is longer than %d characters.".formatted(KEY_CHARACTERS_MAX));
        }
        return key;
    }

    private static Integer labelsWanted(Row row, String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 1000) {
            row.fault("labelsWanted", "%s is not a whole number from 1 to 1000.".formatted(shortened(text)));
            return null;
        }
        return Integer.valueOf(text);
    }

    private static int priority(Row row, String text) {
        if (text != null && !text.matches("-?\\d{1,7}")) {
            row.fault("priority", "%s is not a whole number from -9999999 to 9999999.".formatted(shortened(text)));
            return 0;
        }
        return text == null ? 0 : Integer.parseInt(text);
    }

    private String gold(Row row, JsonNode given) {
        if (given == null || given.isNull() || given.isTextual() && given.textValue().isBlank()) {
            return null;
        }
        JsonNode answer = given.isTextual() && given.textValue().stripLeading().startsWith("{") ? parsed(given.textValue()) : given;
        if (answer.isValueNode() && form.questions().size() == 1) {
            answer = JsonNodeFactory.instance.objectNode().put(form.questions().getFirst().name(), answer.asText());
        }
        var misfit = form.fault(answer);
        misfit.ifPresent(m -> row.fault("gold", m.detail() + " " + m.remedy()));
        return misfit.isPresent() ? null : answer.toString();
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException notJson) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static String text(ObjectNode fields, String name) {
        JsonNode value = fields.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.isBlank() ? null : text.strip();
    }

    private static String hash(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static final class Row {
        private final long line;
        private final Faults faults;
        private boolean faulty;

        Row(long line, Faults faults) {
            this.line = line;
            this.faults = faults;
        }

        void fault(String column, String message) {
            faulty = true;
            faults.add(line, column, message);
        }
    }
}
