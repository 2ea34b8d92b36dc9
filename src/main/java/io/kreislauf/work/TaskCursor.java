package io.kreislauf.work;

import io.kreislauf.Refusal;
import java.util.UUID;

/** The place of a task in the list: written into {@code next}, read from {@code after}. */
record TaskCursor(String currency, long minorPerHour, UUID projectId) {

    /** Comes after every other id. */
    static final UUID LAST_ID = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /** @throws Refusal unless it was written by {@link #toString} */
    static TaskCursor read(String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String[] parts = cursor.split("_", 3);
            return new TaskCursor(parts[0], Long.parseLong(parts[1]), UUID.fromString(parts[2]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            throw Refusal.invalid("after", "This is no cursor of the list of tasks.", "Send next of the page before it.");
        }
    }

    @Override
    public String toString() {
        return currency + "_" + minorPerHour + "_" + projectId;
    }
}
