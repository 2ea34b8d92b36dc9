package io.kreislauf.ledger;

/**
 * Something that happened and is booked. The kinds follow the circuit: capital is advanced, means are bought, labour is
 * given, wages accrue and are paid, a product is made, sold, and used up in the next one.
 *
 * <p>An event does not carry its time: {@code effectiveAt} stands beside it when it is posted.
 */
public sealed interface EconomicEvent
        permits CapitalEvent, MeansEvent, LabourEvent, WageEvent, ProductEvent, MarketEvent, ModelEvent, Reversal {

    /** What the entry names as its origin. */
    Source source();

    /** The name that is stored and exported. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** One event of a type for each source. An event that can repeat for one source is posted with a key of its own. */
    default String idempotencyKey() {
        return type() + ":" + source().id();
    }
}
