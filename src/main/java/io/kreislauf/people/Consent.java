package io.kreislauf.people;

import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.UUID;

/** Being measured: what an annotator is told before the first observation, and agrees to or not. */
@ApplicationScoped
public class Consent {

    /** Raised when the text changes in meaning: then everybody is asked again. */
    public static final int VERSION = 1;

    static final String TEXT = """
            While you work, this page tells the server whether a task is shown, whether you are active, and whether the tab is
            hidden. The server keeps these times, with the task they belong to. They are kept so that all of your time is booked
            and can be paid, and so that reports can show what labour a data set and a model contain. You see every interval.
            The organisation that asked for the work sees your time for its own tasks under a pseudonym of its own; reviewers of
            your claims see the same; researchers see figures over ten or more people only. No keystrokes, no screen and no
            location are recorded. Times that were booked stay in the ledger under a random number; deleting your account deletes
            the only link between that number and you. You can change this answer at any time; without it you cannot take tasks,
            because your time could not be paid.
            """;

    private static final Set<String> DECISIONS = Set.of("agreed", "declined");

    private final PersonRows people;

    Consent(PersonRows people) {
        this.people = people;
    }

    /**
     * @param decision null while the person has not answered this version
     * @param required whether this person's work is measured at all
     */
    public record State(boolean required, int version, String decision, String text) {}

    State of(Caller caller) {
        return new State(caller.is(Roles.ANNOTATOR) || caller.is(Roles.REVIEWER), VERSION,
                people.decision(caller.personId(), VERSION).orElse(null), TEXT);
    }

    /** Whether this person may be observed. */
    public boolean given(UUID personId) {
        return people.decision(personId, VERSION).filter("agreed"::equals).isPresent();
    }

    @Transactional
    public State decide(Caller caller, int version, String decision) {
        if (version != VERSION) {
            throw Refusal.conflict("CONSENT_CHANGED", "The text has changed since you read it.", "Read the current text and answer again.");
        }
        if (!DECISIONS.contains(decision)) {
            throw Refusal.invalid("decision", "A decision is agreed or declined.", "Send one of the two.");
        }
        people.decide(caller.personId(), version, decision);
        return of(caller);
    }
}
