package io.kreislauf.work.time;

/** A stretch of time in milliseconds since 1970-01-01T00:00Z: {@code from} belongs to it, {@code to} does not. */
public record Span(long from, long to) implements Comparable<Span> {

    public Span {
        if (from >= to) {
            throw new IllegalArgumentException("A span ends after it begins: %d to %d".formatted(from, to));
        }
    }

    public long millis() {
        return to - from;
    }

    @Override
    public int compareTo(Span other) {
        return from != other.from ? Long.compare(from, other.from) : Long.compare(to, other.to);
    }
}
