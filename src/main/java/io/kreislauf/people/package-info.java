/**
 * Organisations and people: who may act, for whom, where they work, what they agreed to, and the pseudonyms under which
 * others see them. May depend on ledger and stream.
 */
package io.kreislauf.people;
