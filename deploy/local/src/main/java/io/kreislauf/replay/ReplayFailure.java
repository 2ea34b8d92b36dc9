package io.kreislauf.replay;

/** Why the replay cannot go on, in words for whoever started it. Started again, it resumes. */
final class ReplayFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReplayFailure(String message) {
        super(message);
    }

    ReplayFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
