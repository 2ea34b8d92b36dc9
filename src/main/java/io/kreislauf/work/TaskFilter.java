package io.kreislauf.work;

import io.kreislauf.Refusal;

/**
 * Which tasks an annotator wants to see.
 *
 * @param currency        only these; null: all, one after the other
 * @param minMinorPerHour ranked at this wage or better, in minor units of {@code currency}; null: any
 * @param text            somewhere in title or purpose; null: any
 * @param language        the project names it; null: any
 * @param withoutWarning  only without a content warning
 * @param mayDo           only what this annotator may claim from now
 */
public record TaskFilter(String currency, Long minMinorPerHour, String text, String language, boolean withoutWarning, boolean mayDo) {

    private static final int TEXT_LENGTH_MAX = 200;

    public TaskFilter {
        currency = blankToNull(currency);
        text = blankToNull(text);
        language = blankToNull(language);
        if (minMinorPerHour != null && (minMinorPerHour < 0 || currency == null)) {
            throw Refusal.invalid("minMinorPerHour", "A least wage is 0 or more, in a currency.", "Send currency too; GET /api/tasks/currencies lists them.");
        }
        if (text != null && (text.length() > TEXT_LENGTH_MAX || text.indexOf('\0') >= 0)) {
            throw Refusal.invalid("text", "A text to look for has at most %d characters.".formatted(TEXT_LENGTH_MAX), "Shorten it.");
        }
    }

    long least() {
        return minMinorPerHour == null ? 0 : minMinorPerHour;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
