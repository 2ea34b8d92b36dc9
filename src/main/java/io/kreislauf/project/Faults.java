package io.kreislauf.project;

import io.kreislauf.Refusal;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file, as far as anybody wants to read it. */
final class Faults {

    static final int FAULTS_MAX = 100;

    private final List<Refusal.Fault> faults = new ArrayList<>();

    void add(long line, String column, String message) {
        if (!isFull()) {
            faults.add(new Refusal.Fault(line, column, message));
        }
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    boolean isFull() {
        return faults.size() >= FAULTS_MAX;
    }

    /** @throws Refusal FAULTY_ROWS unless there is none */
    void refuse() {
        if (!faults.isEmpty()) {
            throw Refusal.faulty("items", "%s%d faults were found; nothing was imported.".formatted(isFull() ? "At least " : "", faults.size()),
                    "Correct the rows and send the whole file again.", faults);
        }
    }

    List<Refusal.Fault> all() {
        return List.copyOf(faults);
    }
}
