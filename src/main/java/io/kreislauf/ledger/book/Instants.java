package io.kreislauf.ledger.book;

import io.kreislauf.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Times in questions: an instant, or a UTC day, which means its end. */
final class Instants {

    private Instants() {}

    static AsOf asOf(String effectiveAt, String postedAt) {
        return new AsOf(instant("effectiveAt", effectiveAt), instant("postedAt", postedAt));
    }

    private static Instant instant(String field, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return text.length() == 10 ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1_000)
                    : Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw Refusal.invalid(field, "'" + text + "' is no time.", "Send 2026-03-31T23:59:59Z, or a day as 2026-03-31.");
        }
    }
}
