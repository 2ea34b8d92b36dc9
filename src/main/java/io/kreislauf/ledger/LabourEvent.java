package io.kreislauf.ledger;

import io.kreislauf.ledger.Unbookable.Reason;
import java.util.Objects;
import java.util.UUID;

/**
 * Living labour: given by a person who works to an organisation's project, lost, or moved from one class to another.
 * Time is booked when it has been given, whatever is later paid for it; nothing here ever lowers hours.
 */
public sealed interface LabourEvent extends EconomicEvent {

    /** Labour given to a project, and the pay that accrues with it, if any. */
    sealed interface Given extends LabourEvent {
        UUID project();
        Book organisation();
        Book annotator();
        LabourMillis labour();
        Wage wage();
        TimeClass timeClass();
    }

    /** Labour of one class found to be of another. */
    sealed interface Moved extends LabourEvent {
        UUID project();
        Book organisation();
        Book annotator();
        LabourMillis labour();
        /** Whether a release has taken these hours: then only the annotator's book changes. */
        boolean released();
        TimeClass from();
        TimeClass to();
    }

    /** Direct labour. {@code wage} is the time wage where a project pays by the hour; a piece wage comes with approval. */
    record WorkSubmitted(UUID submission, UUID project, Book organisation, Book annotator, LabourMillis labour, Wage wage) implements Given {
        @Override
        public TimeClass timeClass() { return TimeClass.DIRECT; }

        @Override
        public Source source() { return new Source("submission", submission); }
    }

    /** Skipped, returned or timed out. */
    record WorkReturned(UUID claim, UUID project, Book organisation, Book annotator, LabourMillis labour, Wage wage) implements Given {
        @Override
        public TimeClass timeClass() { return TimeClass.RETURNED; }

        @Override
        public Source source() { return new Source("claim", claim); }
    }

    record QualificationTaken(UUID attempt, UUID project, Book organisation, Book annotator, LabourMillis labour, Wage wage) implements Given {
        @Override
        public TimeClass timeClass() { return TimeClass.QUALIFICATION; }

        @Override
        public Source source() { return new Source("qualification", attempt); }
    }

    /** Search that ended in a claim to this project. */
    record TimeSearching(UUID interval, UUID project, Book organisation, Book annotator, LabourMillis labour, Wage wage) implements Given {
        @Override
        public TimeClass timeClass() { return TimeClass.SEARCH; }

        @Override
        public Source source() { return new Source("interval", interval); }
    }

    record TimeWatching(UUID interval, UUID project, Book organisation, Book annotator, LabourMillis labour, Wage wage) implements Given {
        @Override
        public TimeClass timeClass() { return TimeClass.WATCHING; }

        @Override
        public Source source() { return new Source("interval", interval); }
    }

    record TimeAdministrative(UUID interval, UUID project, Book organisation, Book annotator, LabourMillis labour, Wage wage) implements Given {
        @Override
        public TimeClass timeClass() { return TimeClass.ADMINISTRATION; }

        @Override
        public Source source() { return new Source("interval", interval); }
    }

    record BreakTaken(UUID interval, UUID project, Book organisation, Book annotator, LabourMillis labour, Wage wage) implements Given {
        @Override
        public TimeClass timeClass() { return TimeClass.BREAK; }

        @Override
        public Source source() { return new Source("interval", interval); }
    }

    /** A reviewer's or adjudicator's hours; {@code annotator} is the reviewer's book. */
    record WorkReviewed(UUID review, UUID project, Book organisation, Book annotator, LabourMillis labour, Wage wage) implements Given {
        @Override
        public TimeClass timeClass() { return TimeClass.REVIEW; }

        @Override
        public Source source() { return new Source("review", review); }
    }

    /**
     * Time that the platform did not observe, approved as a correction, a gap in the connection, a log or the demo.
     *
     * @param origin correction, offline, log or demo
     */
    record TimeDeclared(UUID declaration, UUID project, Book organisation, Book annotator, TimeClass timeClass, long declaredMillis, String origin,
                        Wage wage) implements Given {
        public TimeDeclared {
            Amounts.notNegative("declaredMillis", declaredMillis);
            Objects.requireNonNull(timeClass, "timeClass");
            Objects.requireNonNull(origin, "origin");
        }

        @Override
        public LabourMillis labour() { return LabourMillis.declared(declaredMillis); }

        @Override
        public Source source() { return new Source("declaration", declaration); }
    }

    /** Time that belongs to no project: it is kept, in the book of the person who gave it. */
    record TimeLost(UUID interval, Book annotator, TimeClass timeClass, LabourMillis labour) implements LabourEvent {
        public TimeLost {
            Objects.requireNonNull(timeClass, "timeClass");
            Objects.requireNonNull(labour, "labour");
        }

        @Override
        public Source source() { return new Source("interval", interval); }
    }

    /** A rejection bars the use of the work. It moves the time to another class and takes none away. */
    record WorkRejected(UUID submission, UUID project, Book organisation, Book annotator, LabourMillis labour, boolean released) implements Moved {
        @Override
        public TimeClass from() { return TimeClass.DIRECT; }

        @Override
        public TimeClass to() { return TimeClass.REJECTED; }

        @Override
        public Source source() { return new Source("submission", submission); }
    }

    /** A late label whose slot was still free: its time, booked as returned at the time-out, is direct after all. */
    record LateLabelCounted(UUID submission, UUID project, Book organisation, Book annotator, LabourMillis labour, boolean released)
            implements Moved {
        @Override
        public TimeClass from() { return TimeClass.RETURNED; }

        @Override
        public TimeClass to() { return TimeClass.DIRECT; }

        @Override
        public Source source() { return new Source("submission", submission); }
    }

    /** Any other correction of a class. */
    record TimeReclassified(UUID correction, UUID project, Book organisation, Book annotator, TimeClass from, TimeClass to, LabourMillis labour,
                            boolean released) implements Moved {
        public TimeReclassified {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            if (from == to) {
                throw new Unbookable(Reason.NO_LEGS, "time is reclassified from " + from + " to itself");
            }
        }

        @Override
        public Source source() { return new Source("correction", correction); }
    }
}
