package io.kreislauf.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Skills;
import io.kreislauf.project.Form;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Setting a test by which annotators earn a level of a skill: tasks with known answers, and how many are enough. */
@ApplicationScoped
public class SettingQualification {

    private static final int TASKS_MAX = 200;
    private static final int TEXT_LENGTH_MAX = 200_000;

    /** @param answer the known one, by question */
    public record Known(JsonNode content, JsonNode answer) {}

    /**
     * @param skill            as the organisation defined it; {@code level} null: its lowest
     * @param thresholdPercent share of the tasks to be answered as known, 1..100
     * @param triesMax         null: 3
     */
    public record Test(String title, String guidelines, String skill, String level, Form form, Integer thresholdPercent, Integer triesMax,
                       List<Known> tasks) {}

    /** @param handedIn attempts, of which {@code passed} were enough */
    public record Qualification(UUID qualificationId, String title, String skill, String level, int thresholdPercent, int triesMax, long tasks,
                                boolean open, long handedIn, long passed, Instant createdAt) {}

    private final QualificationRows rows;
    private final Skills skills;

    SettingQualification(DataSource dataSource, Skills skills) {
        this.rows = new QualificationRows(dataSource);
        this.skills = skills;
    }

    /** @throws Refusal naming the field at fault */
    @Transactional
    public Qualification set(Caller caller, Test test) {
        sound(test);
        Skills.Level level = skills.level(caller.organisation(), test.skill(), test.level(), "qualification");
        UUID id = rows.insert(caller.organisation(), level, test);
        return rows.own(caller.organisation(), id).orElseThrow();
    }

    /** Newest first. */
    @Transactional
    public Page<Qualification> own(Caller caller, UUID before, Integer limit) {
        int count = Page.limit(limit);
        return Page.of(rows.page(caller.organisation(), before, count + 1), count, Qualification::qualificationId);
    }

    /** Lets nobody begin it any more; what was begun may be handed in, what was earned stays. @throws Refusal NOT_FOUND */
    @Transactional
    public Qualification close(Caller caller, UUID qualificationId) {
        rows.close(caller.organisation(), qualificationId);
        return rows.own(caller.organisation(), qualificationId).orElseThrow(() -> Refusal.missing("qualification", qualificationId));
    }

    private static void sound(Test test) {
        if (test == null || test.title() == null || test.title().isBlank() || test.title().length() > 200) {
            throw Refusal.invalid("title", "A qualification has a title of 1 to 200 characters.", "Name what it tests.");
        }
        if (test.guidelines() != null && test.guidelines().length() > TEXT_LENGTH_MAX) {
            throw Refusal.tooLarge("guidelines", "Guidelines have at most %d characters.".formatted(TEXT_LENGTH_MAX), "Shorten them.");
        }
        if (test.form() == null) {
            throw Refusal.invalid("form", "A qualification needs a form.", "Send {\"questions\": [...]}.");
        }
        test.form().sound();
        within("thresholdPercent", test.thresholdPercent());
        if (test.triesMax() != null) {
            within("triesMax", test.triesMax());
        }
        List<Known> tasks = test.tasks() == null ? List.of() : test.tasks();
        if (tasks.isEmpty() || tasks.size() > TASKS_MAX) {
            throw Refusal.invalid("tasks", "A qualification has 1 to %d tasks.".formatted(TASKS_MAX), "Send [{\"content\": {...}, \"answer\": {...}}].");
        }
        for (int i = 0; i < tasks.size(); i++) {
            Known task = tasks.get(i);
            if (task == null || task.content() == null || !task.content().isObject() || task.content().toString().length() > TEXT_LENGTH_MAX) {
                throw Refusal.invalid("tasks[%d].content".formatted(i), "The content of a task is an object.", "Send {\"text\": ...}.");
            }
            test.form().check(task.answer());
        }
    }

    private static void within(String field, Integer value) {
        if (value == null || value < 1 || value > 100) {
            throw Refusal.invalid(field, "%s is a whole number from 1 to 100.".formatted(field), "Send a number within these bounds.");
        }
    }
}
