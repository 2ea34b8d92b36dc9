package io.kreislauf.ledger.audit;

/** Something that is not as it must be. */
public record Breach(String place, String detail) {}
