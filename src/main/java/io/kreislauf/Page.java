package io.kreislauf;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list that is read by key, never by offset.
 *
 * @param next the cursor to pass as {@code after} for the following page; null on the last
 */
public record Page<T>(List<T> items, String next) {

    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 200;

    public Page {
        items = List.copyOf(items);
    }

    /** @throws Refusal if {@code limit} is outside 1..200 */
    public static int limit(Integer limit) {
        if (limit == null) {
            return LIMIT_DEFAULT;
        }
        if (limit < 1 || limit > LIMIT_MAX) {
            throw Refusal.invalid("limit", "A page holds 1 to %d rows.".formatted(LIMIT_MAX), "Ask for fewer rows and follow next.");
        }
        return limit;
    }

    /**
     * Cuts rows that were read with one row beyond {@code limit}, which tells whether there is a next page.
     *
     * @param cursorOf the key of a row, by which the rows are ordered
     */
    public static <T> Page<T> of(List<T> rowsAndOneMore, int limit, Function<T, Object> cursorOf) {
        if (rowsAndOneMore.size() <= limit) {
            return new Page<>(rowsAndOneMore, null);
        }
        List<T> rows = rowsAndOneMore.subList(0, limit);
        return new Page<>(rows, String.valueOf(cursorOf.apply(rows.getLast())));
    }

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<R>(items.stream().<R>map(change).toList(), next);
    }
}
