package io.kreislauf.replay;

import java.util.ArrayList;
import java.util.List;

/** What the durations of a log stand for. */
final class RecordedTimes {

    private RecordedTimes() {}

    /**
     * Marks judgements that share one duration, or gives each the seconds given by hand where the log has none.
     *
     * @param assumed gets what was taken for granted
     */
    static List<LogRow> understood(List<LogRow> rows, Options options, List<String> assumed) {
        if (rows.stream().noneMatch(LogRow::hasTime)) {
            if (options.seconds() == null) {
                assumed.add("the log has no times, so no time is booked");
                return rows;
            }
            assumed.add("each judgement took %d s (given by hand)".formatted(options.seconds()));
            return rows.stream().map(row -> row.lasting(options.seconds() * 1000L)).toList();
        }
        if (rows.stream().anyMatch(row -> row.submitted() != null)) {
            return rows;
        }
        int repeats = 0;
        for (int i = 1; i < rows.size(); i++) {
            repeats += sameDuration(rows.get(i - 1), rows.get(i)) ? 1 : 0;
        }
        boolean perHit = options.timePerHit() == null ? repeats * 2 > rows.size() : options.timePerHit();
        assumed.add("the log has durations without dates: laid end to end backwards from the replay's start");
        if (!perHit) {
            return rows;
        }
        assumed.add("a duration that stands on consecutive rows of one worker (%d of %d rows repeat it) is that of a whole HIT, booked once"
                .formatted(repeats, rows.size()));
        List<LogRow> grouped = new ArrayList<>(rows.size());
        int group = 0;
        for (int i = 0; i < rows.size(); i++) {
            group += i > 0 && sameDuration(rows.get(i - 1), rows.get(i)) ? 0 : 1;
            grouped.add(rows.get(i).inGroup("hit-" + group));
        }
        return grouped;
    }

    private static boolean sameDuration(LogRow before, LogRow row) {
        return before.worker().equals(row.worker()) && row.workMillis() != null && row.workMillis().equals(before.workMillis());
    }
}
