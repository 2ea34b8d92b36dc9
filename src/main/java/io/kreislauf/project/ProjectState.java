package io.kreislauf.project;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kreislauf.Refusal;
import java.util.Locale;
import java.util.Set;

/** The life of a project: draft, published and paused in turn, then closed or cancelled for good. */
public enum ProjectState {
    DRAFT, PUBLISHED, PAUSED, CLOSED, CANCELLED;

    private Set<ProjectState> next() {
        return switch (this) {
            case DRAFT -> Set.of(PUBLISHED, CANCELLED);
            case PUBLISHED -> Set.of(PAUSED, CLOSED, CANCELLED);
            case PAUSED -> Set.of(PUBLISHED, CLOSED, CANCELLED);
            case CLOSED, CANCELLED -> Set.of();
        };
    }

    /** @throws Refusal WRONG_STATE if a project in this state cannot come into the other */
    void requireBefore(ProjectState other) {
        if (!next().contains(other)) {
            throw wrong("It cannot become %s.".formatted(other.text()));
        }
    }

    /** @throws Refusal WRONG_STATE if this is none of {@code allowed} */
    void requireOneOf(ProjectState... allowed) {
        if (!Set.of(allowed).contains(this)) {
            throw wrong("It would have to be %s.".formatted(Set.of(allowed).stream().map(ProjectState::text).sorted().toList()));
        }
    }

    /** Whether nothing more is given to annotators, and what nobody can earn goes back. */
    public boolean isOver() {
        return this == CLOSED || this == CANCELLED;
    }

    private Refusal wrong(String detail) {
        return Refusal.conflict("WRONG_STATE", "The project is %s. %s".formatted(text(), detail),
                isOver() ? "Create a new project." : "Bring it into the needed state first.");
    }

    /** As it stands in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
