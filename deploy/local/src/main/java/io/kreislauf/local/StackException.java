package io.kreislauf.local;

/** The stack cannot start or go on; the message says what to do about it and is shown without a stack trace. */
final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StackException(String message) {
        super(message);
    }

    StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
