package io.kreislauf.project;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Bringing items in from a file: all of it, or nothing and a list of what is wrong with it. */
@ApplicationScoped
public class ImportingItems {

    static final int ITEMS_MAX = 1_000_000;
    private static final int BATCH = 2_000;

    /** @param imported how many items came in */
    public record Imported(long imported) {}

    /** The forms that a file of items can have. */
    public enum Format { CSV, JSON_LINES }

    private final ProjectRows projects;
    private final ItemRows rows;
    private final ObjectMapper json;

    ImportingItems(ProjectRows projects, ItemRows rows, ObjectMapper json) {
        this.projects = projects;
        this.rows = rows;
        this.json = json;
    }

    /**
     * Reads the stream to its end. Items that come in after publishing are labelled once the project is extended.
     *
     * @throws Refusal FAULTY_ROWS with line and column of the first hundred faults; TOO_LARGE; WRONG_STATE
     */
    @Transactional
    public Imported read(Caller caller, UUID projectId, Format format, InputStream file) {
        Project project = projects.findLocked(caller.organisation(), projectId).orElseThrow(() -> Refusal.missing("project", projectId));
        project.state().requireOneOf(ProjectState.DRAFT, ProjectState.PUBLISHED, ProjectState.PAUSED);
        ItemFields fields = new ItemFields(project.form(), json);
        ItemFile items = switch (format) {
            case CSV -> new CsvItemFile(fields);
            case JSON_LINES -> new JsonLinesItemFile(fields, json);
        };
        Batches batches = new Batches(projectId);
        try {
            items.read(file, batches::add, batches.faults);
        } catch (IOException broken) {
            throw Refusal.invalid("items", "The file broke off: " + broken.getMessage(), "Send it again.");
        }
        batches.flush();
        batches.faults.refuse();
        if (batches.imported == 0) {
            throw Refusal.invalid("items", "The file holds no items.", "Send at least one row below the header.");
        }
        return new Imported(batches.imported);
    }

    private final class Batches {
        private final UUID projectId;
        private final Faults faults = new Faults();
        private final Map<String, NewItem> waiting = LinkedHashMap.newLinkedHashMap(BATCH);
        private long imported;

        Batches(UUID projectId) {
            this.projectId = projectId;
        }

        void add(NewItem item) {
            NewItem first = waiting.putIfAbsent(item.key(), item);
            if (first != null) {
                faults.add(item.line(), "key", "The same key (or, without keys, the same content) as in line %d.".formatted(first.line()));
            }
            if (imported + waiting.size() > ITEMS_MAX) {
                throw Refusal.tooLarge("items", "A file holds at most %d items.".formatted(ITEMS_MAX), "Send several files.");
            }
            if (waiting.size() == BATCH) {
                flush();
            }
        }

        void flush() {
            if (!waiting.isEmpty() && faults.isEmpty()) {
                Set<String> inserted = rows.insert(projectId, waiting.values().stream().toList());
                imported += inserted.size();
                waiting.values().stream().filter(item -> !inserted.contains(item.key())).forEach(item ->
                        faults.add(item.line(), "key", "The project has an item of this key (or content), from an earlier line or an earlier import."));
            }
            waiting.clear();
        }
    }
}
