package io.kreislauf.circuit;

import io.kreislauf.dataset.SmallCells;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Roles;
import java.util.UUID;

/**
 * Who sees what. An organisation sees its own books in full and, of what it licensed, what the release publishes; an
 * annotator the own book; a researcher every chain, with small cells suppressed and no book opened; the operator all.
 */
record Viewer(UUID personId, UUID organisationId, boolean researcher, boolean operator) {

    static Viewer of(Caller caller) {
        return new Viewer(caller.personId(), caller.is(Roles.REQUESTER) ? caller.organisationId() : null, caller.is(Roles.RESEARCHER), caller.is(Roles.OPERATOR));
    }

    /** Whether the figures of this book open their legs. */
    boolean opens(UUID book) {
        return operator || book.equals(organisationId) || book.equals(personId);
    }

    /** Whether figures are read from this book at all, or only what its owner publishes. */
    boolean reads(UUID book) {
        return researcher || opens(book);
    }

    /** Whether figures over so many annotators are too small a cell to be shown. */
    boolean hides(UUID book, int annotators) {
        return studies(book) && annotators < SmallCells.FEWEST_ANNOTATORS;
    }

    /** Whether this book is read as a researcher: without opening it, and without small cells. */
    boolean studies(UUID book) {
        return researcher && !opens(book);
    }
}
