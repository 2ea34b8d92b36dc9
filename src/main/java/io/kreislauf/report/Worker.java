package io.kreislauf.report;

/**
 * What the ledger and the submissions say of one annotator, under no name.
 *
 * @param region         ISO country; {@code unknown} if it was not said or the person's row was deleted
 * @param payMinor       all pay, top-ups included
 * @param topUpMinor     of it top-ups to the floor
 * @param totalMillis    all time classes but review
 * @param declaredMillis of it declared: nobody observed it
 * @param directMillis   of it labelling
 * @param offeredMinor   rewards or hourly wages, with supplements, offered for the work that was submitted, accepted or not
 * @param estimateMillis what that work was estimated to take
 */
record Worker(String region, long payMinor, long topUpMinor, long totalMillis, long declaredMillis, long directMillis, long offeredMinor, long estimateMillis) {}
