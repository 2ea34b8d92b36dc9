package io.kreislauf.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.project.Form;

/** Answers, and the forms they fit, as they stand in the database. */
final class AnswerJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AnswerJson() {}

    static JsonNode read(String answer) {
        try {
            return answer == null ? null : JSON.readTree(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The database holds JSON that is none.", impossible);
        }
    }

    static Form form(String form) {
        try {
            return JSON.readValue(form, Form.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The database holds a form that is none.", impossible);
        }
    }

    static String written(Form form) {
        return JSON.valueToTree(form).toString();
    }
}
