package io.kreislauf.ledger.book;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Unbookable;
import io.kreislauf.ledger.Unbookable.Reason;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.util.PSQLException;

/** What the database said, as the refusal that a caller sees. */
final class Refused {

    private static final Map<String, Reason> BY_CONSTRAINT = Map.of(
            "ledger_entry_balanced", Reason.UNBALANCED, "ledger_entry_legs", Reason.NO_LEGS, "ledger_entry_amounts", Reason.AMOUNT_OUT_OF_RANGE,
            "ledger_entry_commodities", Reason.MALFORMED, "ledger_entry_accounts", Reason.MALFORMED,
            "ledger_entry_not_in_the_future", Reason.IN_THE_FUTURE, "ledger_entry_reversed", Reason.NOT_REVERSIBLE);

    private Refused() {}

    static RuntimeException by(SQLException failure) {
        if (failure instanceof PSQLException refused && refused.getServerErrorMessage() != null) {
            var said = refused.getServerErrorMessage();
            if ("KL001".equals(said.getSQLState())) {
                return of(Reason.valueOf(said.getHint()), said.getMessage());
            }
            if (said.getConstraint() != null && BY_CONSTRAINT.containsKey(said.getConstraint())) {
                return of(BY_CONSTRAINT.get(said.getConstraint()), said.getMessage());
            }
        }
        return new IllegalStateException("The ledger could not be reached: " + failure.getMessage(), failure);
    }

    static Refusal of(Unbookable unbookable) {
        return of(unbookable.reason(), unbookable.getMessage());
    }

    static Refusal of(Reason reason, String detail) {
        return switch (reason) {
            case OVERDRAWN -> Refusal.conflict("NO_FUNDS", detail, "Deposit more, or ask for less.");
            case CLOSED_PERIOD -> Refusal.conflict(reason.name(), detail, "Post it on an open day.");
            case IN_THE_FUTURE -> Refusal.conflict(reason.name(), detail, "Give the time when it happened, not later than now.");
            case KEY_REUSED -> Refusal.conflict(reason.name(), detail, "Use a new key for another event.");
            case NOT_REVERSIBLE -> Refusal.conflict(reason.name(), detail, "Look at the entry: it may be reversed already.");
            case UNKNOWN_BOOK, NOT_FOUND -> Refusal.conflict(reason.name(), detail, "Check the ids.");
            default -> Refusal.conflict(reason.name(), detail, "Correct the event and post it anew.");
        };
    }
}
