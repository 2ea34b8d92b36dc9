package io.kreislauf.project;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.Refusal;
import io.kreislauf.project.Form.Choice;
import io.kreislauf.project.Form.Question;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Form sentiment() {
        return new Form(List.of(question("sentiment", true, "pos", "neg"), question("sarcasm", false, "yes", "no")));
    }

    private static Question question(String name, boolean required, String... values) {
        return new Question(name, name, "choice", required, Stream.of(values).map(v -> new Choice(v, v, null)).toList());
    }

    private static JsonNode json(String text) {
        return assertDoesNotThrow(() -> JSON.readTree(text));
    }

    @Test
    void takesAnAnswerThatChoosesAmongTheValues() {
        sentiment().sound().check(json("{\"sentiment\": \"pos\"}"));
        sentiment().check(json("{\"sarcasm\": \"no\", \"sentiment\": \"neg\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{}                                      | answer.sentiment",
            "{\"sentiment\": null}                   | answer.sentiment",
            "{\"sentiment\": \"neutral\"}            | answer.sentiment",
            "{\"sentiment\": 1}                      | answer.sentiment",
            "{\"sentiment\": [\"pos\"]}              | answer.sentiment",
            "{\"sentiment\": \"pos\", \"mood\": \"x\"} | answer.mood",
            "{\"sentiment\": \"pos\", \"sarcasm\": \"maybe\"} | answer.sarcasm",
            "[]                                      | answer",
            "\"pos\"                                 | answer",
            "null                                    | answer"})
    void namesTheQuestionAtFault(String answer, String field) {
        Refusal refusal = assertThrows(Refusal.class, () -> sentiment().check(json(answer)));
        assertEquals(field, refusal.field());
        assertFalse(refusal.remedy().isBlank());
    }

    @Test
    void refusesAFormThatNobodyCouldAnswer() {
        assertEquals("form.questions", fieldAtFault(new Form(List.of())));
        assertEquals("form.questions[0].name", fieldAtFault(new Form(List.of(question("1st", true, "a", "b")))));
        assertEquals("form.questions[1].name", fieldAtFault(new Form(List.of(question("q", true, "a", "b"), question("q", true, "a", "b")))));
        assertEquals("form.questions[0].choices", fieldAtFault(new Form(List.of(question("q", true, "a")))));
        assertEquals("form.questions[0].choices[1].value", fieldAtFault(new Form(List.of(question("q", true, "a", "a")))));
        assertEquals("form.questions[0].type", fieldAtFault(new Form(List.of(new Question("q", "q", "telepathy", true, List.of())))));
        assertEquals("form.questions[0].choices[1].key", fieldAtFault(new Form(List.of(
                new Question("q", "q", "choice", true, List.of(new Choice("a", "A", "1"), new Choice("b", "B", "1")))))));
    }

    private static String fieldAtFault(Form form) {
        return assertThrows(Refusal.class, form::sound).field();
    }

    @Test
    void mayGrowWhereEarlierAnswersStillFit() {
        Form first = new Form(List.of(question("q", true, "a", "b")));
        assertTrue(new Form(List.of(question("q", true, "a", "b", "c"))).takesAllOf(first));
        assertTrue(new Form(List.of(question("q", true, "b", "a"), question("r", false, "x", "y"))).takesAllOf(first));
        assertFalse(new Form(List.of(question("q", true, "a", "c"))).takesAllOf(first));
        assertFalse(new Form(List.of(question("q", true, "a", "b"), question("r", true, "x", "y"))).takesAllOf(first));
        assertFalse(new Form(List.of(question("r", false, "a", "b"))).takesAllOf(first));
        assertFalse(first.takesAllOf(new Form(List.of(question("q", false, "a", "b")))));
    }
}
