package io.kreislauf.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Answers as they stand in the database. */
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
}
