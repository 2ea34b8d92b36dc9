package io.kreislauf.replay;

import java.time.Instant;

/**
 * One judgement as the log has it.
 *
 * @param line       in the file, from 1
 * @param submitted  null unless the log has dates
 * @param workMillis null unless the log has durations
 * @param group      judgements of one worker that share one recorded duration; null: none
 */
record LogRow(long line, String item, String worker, String answer, Instant started, Instant submitted, Long workMillis, String group,
              String region) {

    LogRow inGroup(String name) {
        return new LogRow(line, item, worker, answer, started, submitted, workMillis, name, region);
    }

    LogRow lasting(long millis) {
        return new LogRow(line, item, worker, answer, started, submitted, millis, group, region);
    }

    boolean hasTime() {
        return workMillis != null || started != null && submitted != null;
    }
}
