package io.kreislauf.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Refusal;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an annotator is asked about each item. An answer is a JSON object with the value chosen for each question, as
 * {@code {"sentiment": "pos"}}.
 */
public record Form(List<Question> questions) {

    static final int QUESTIONS_MAX = 50;
    static final int CHOICES_MAX = 200;
    private static final String CHOICE = "choice";
    private static final String NAME = "[A-Za-z][A-Za-z0-9_]{0,59}";

    /**
     * @param type     {@code choice}: one of the choices
     * @param required null means yes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Question(String name, String title, String type, Boolean required, List<Choice> choices) {

        public Question {
            type = type == null ? CHOICE : type;
            required = required == null || required;
            choices = choices == null ? List.of() : List.copyOf(choices);
        }

        boolean offers(String value) {
            return choices.stream().anyMatch(c -> c.value().equals(value));
        }

        Set<String> values() {
            return choices.stream().map(Choice::value).collect(Collectors.toSet());
        }
    }

    /** @param key the keyboard key that chooses it; null: its position */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Choice(String value, String title, String key) {}

    public Form {
        questions = questions == null ? List.of() : List.copyOf(questions);
    }

    /**
     * Itself, if annotators can be asked by it.
     *
     * @throws Refusal naming the part of the form at fault
     */
    public Form sound() {
        if (questions.isEmpty() || questions.size() > QUESTIONS_MAX) {
            throw Refusal.invalid("form.questions", "A form has 1 to %d questions.".formatted(QUESTIONS_MAX), "Ask at least one.");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            String field = "form.questions[%d]".formatted(i);
            if (question.name() == null || !question.name().matches(NAME)) {
                throw Refusal.invalid(field + ".name", "A question's name is a letter followed by up to 59 of A-Z a-z 0-9 _.", "It becomes a column of the data set.");
            }
            if (!names.add(question.name())) {
                throw Refusal.invalid(field + ".name", "Two questions are called %s.".formatted(question.name()), "Name each question differently.");
            }
            if (!CHOICE.equals(question.type())) {
                throw Refusal.invalid(field + ".type", "There is no type of question %s.".formatted(question.type()), "Use choice.");
            }
            soundChoices(question, field);
        }
        return this;
    }

    private static void soundChoices(Question question, String field) {
        List<Choice> choices = question.choices();
        if (choices.size() < 2 || choices.size() > CHOICES_MAX) {
            throw Refusal.invalid(field + ".choices", "A choice is between 2 to %d values.".formatted(CHOICES_MAX), "Offer at least two.");
        }
        Set<String> values = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            String at = "%s.choices[%d]".formatted(field, i);
            if (choice.value() == null || choice.value().isBlank() || choice.value().length() > 200 || choice.value().indexOf('\0') >= 0) {
                throw Refusal.invalid(at + ".value", "A value has 1 to 200 characters.", "It is what stands in the data set.");
            }
            if (!values.add(choice.value())) {
                throw Refusal.invalid(at + ".value", "The value %s is offered twice.".formatted(choice.value()), "Offer each value once.");
            }
            if (choice.key() != null && !keys.add(choice.key())) {
                throw Refusal.invalid(at + ".key", "The key %s chooses two values.".formatted(choice.key()), "Give each value a key of its own.");
            }
        }
    }

    /**
     * Checks an answer.
     *
     * @throws Refusal naming the question at fault, as {@code answer.sentiment}
     */
    public void check(JsonNode answer) {
        fault(answer).ifPresent(fault -> {
            throw Refusal.invalid(fault.field().isEmpty() ? "answer" : "answer." + fault.field(), fault.detail(), fault.remedy());
        });
    }

    record Misfit(String field, String detail, String remedy) {}

    /** The first thing by which the answer does not fit, if any. */
    Optional<Misfit> fault(JsonNode answer) {
        if (answer == null || !answer.isObject()) {
            return Optional.of(new Misfit("", "An answer is an object with a value for each question.", "Send {\"%s\": ...}.".formatted(questions.getFirst().name())));
        }
        for (Question question : questions) {
            JsonNode given = answer.get(question.name());
            if (given == null || given.isNull()) {
                if (question.required()) {
                    return Optional.of(new Misfit(question.name(), "%s is not answered.".formatted(question.name()), offered(question)));
                }
            } else if (!given.isTextual() || !question.offers(given.textValue())) {
                return Optional.of(new Misfit(question.name(), "%s is not among the choices of %s.".formatted(given, question.name()), offered(question)));
            }
        }
        for (Iterator<String> names = answer.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (questions.stream().noneMatch(q -> q.name().equals(name))) {
                return Optional.of(new Misfit(name, "The form has no question %s.".formatted(name), "Leave it out."));
            }
        }
        return Optional.empty();
    }

    private static String offered(Question question) {
        return "Choose one of %s.".formatted(question.choices().stream().map(Choice::value).limit(20).collect(Collectors.joining(", ")));
    }

    /** Whether every answer that fits {@code earlier} fits this form too, so that labels of both can stand together. */
    boolean takesAllOf(Form earlier) {
        boolean keepsAll = earlier.questions.stream().allMatch(old -> questions.stream()
                .anyMatch(q -> q.name().equals(old.name()) && q.values().containsAll(old.values()) && (old.required() || !q.required())));
        boolean addsOptionalOnly = questions.stream()
                .allMatch(q -> !q.required() || earlier.questions.stream().anyMatch(old -> old.name().equals(q.name())));
        return keepsAll && addsOptionalOnly;
    }
}
