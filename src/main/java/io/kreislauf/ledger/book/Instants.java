package io.kreislauf.ledger.book;

import io.kreislauf.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times in questions: an instant, or a UTC day, which means its end; of the years 1 to 9999, so that 9999-12-31 may stand for "whatever is booked". */
final class Instants {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Instants() {}

    static AsOf asOf(String effectiveAt, String postedAt) {
        return new AsOf(instant("effectiveAt", effectiveAt), instant("postedAt", postedAt));
    }

    private static Instant instant(String field, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        Instant instant;
        try {
            instant = text.length() == 10 ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1_000)
                    : Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw Refusal.invalid(field, "'" + text + "' is no time.", "Send 2026-03-31T23:59:59Z, or a day as 2026-03-31.");
        }
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw Refusal.invalid(field, "'" + text + "' is out of the range of the books.", "Send a time of the years 1 to 9999: 9999-12-31 asks for whatever is booked.");
        }
        return instant;
    }

    /** As the database takes it; null stays null. */
    static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
