package io.kreislauf;

import java.util.List;

/**
 * What a use case throws when it will not do what it was asked: nothing has been changed then. The web turns it into
 * problem details (RFC 9457) that name the field and the remedy.
 */
public final class Refusal extends RuntimeException {

    /** The family of reasons; each is one HTTP status. */
    public enum Kind { INVALID, UNAUTHENTICATED, FORBIDDEN, MISSING, CONFLICT, TOO_LARGE, TOO_MANY, UNAVAILABLE }

    /** One fault of a file that was read line by line; {@code line} and {@code column} count from 1. */
    public record Fault(long line, String column, String message) {}

    private final Kind kind;
    private final String code;
    private final String field;
    private final String remedy;
    private final transient List<Fault> faults;
    private final long retryAfterSeconds;

    private Refusal(Kind kind, String code, String field, String detail, String remedy, List<Fault> faults) {
        this(kind, code, field, detail, remedy, faults, 0);
    }

    private Refusal(Kind kind, String code, String field, String detail, String remedy, List<Fault> faults, long retryAfterSeconds) {
        super(detail, null, false, false);
        this.kind = kind;
        this.code = code;
        this.field = field;
        this.remedy = remedy;
        this.faults = List.copyOf(faults);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The request is well-formed but {@code field} holds something that cannot be accepted. */
    public static Refusal invalid(String field, String detail, String remedy) {
        return new Refusal(Kind.INVALID, "INVALID", field, detail, remedy, List.of());
    }

    /** A file holds faulty rows; none of its rows was taken. */
    public static Refusal faulty(String field, String detail, String remedy, List<Fault> faults) {
        return new Refusal(Kind.INVALID, "FAULTY_ROWS", field, detail, remedy, faults);
    }

    /** There is no such thing, or it is not the caller's to see: both look the same from outside. */
    public static Refusal missing(String what, Object id) {
        return new Refusal(Kind.MISSING, "NOT_FOUND", null, "There is no %s %s that you may see.".formatted(what, id),
                "Check the id, and that you are signed in for the organisation that owns it.", List.of());
    }

    /** The state of things does not allow it (now). */
    public static Refusal conflict(String code, String detail, String remedy) {
        return new Refusal(Kind.CONFLICT, code, null, detail, remedy, List.of());
    }

    /** The caller may not do this. */
    public static Refusal forbidden(String code, String detail, String remedy) {
        return new Refusal(Kind.FORBIDDEN, code, null, detail, remedy, List.of());
    }

    /** The caller has no account here (any more). */
    public static Refusal unauthenticated(String detail, String remedy) {
        return new Refusal(Kind.UNAUTHENTICATED, "UNAUTHENTICATED", null, detail, remedy, List.of());
    }

    /** More than a bound allows. */
    public static Refusal tooLarge(String field, String detail, String remedy) {
        return new Refusal(Kind.TOO_LARGE, "TOO_LARGE", field, detail, remedy, List.of());
    }

    /** More in a time than a bound allows; the same is taken after {@code retryAfterSeconds}, if nothing else comes meanwhile. */
    public static Refusal tooMany(String code, String detail, String remedy, long retryAfterSeconds) {
        return new Refusal(Kind.TOO_MANY, code, null, detail, remedy, List.of(), Math.max(1, retryAfterSeconds));
    }

    /** A part this depends on does not answer; trying again later is the remedy. */
    public static Refusal unavailable(String code, String detail, String remedy) {
        return new Refusal(Kind.UNAVAILABLE, code, null, detail, remedy, List.of());
    }

    public Kind kind() {
        return kind;
    }

    /** A stable name in UPPER_SNAKE that a program can act on. */
    public String code() {
        return code;
    }

    /** The request field at fault, or null. */
    public String field() {
        return field;
    }

    /** What the caller can do about it. */
    public String remedy() {
        return remedy;
    }

    /** The rows at fault, empty unless a file was read. */
    public List<Fault> faults() {
        return faults;
    }

    /** After how many seconds it is worth trying again; 0: that is not known. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
