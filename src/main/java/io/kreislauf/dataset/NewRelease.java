package io.kreislauf.dataset;

import io.kreislauf.Refusal;
import java.time.Instant;

/**
 * A release as its maker asks for it.
 *
 * @param licences    how many licences there will be: each carries one part in this many; 1 is exclusive
 * @param effectiveAt when it happened; null: now
 */
public record NewRelease(String name, Integer licences, String description, String licenceText, Instant effectiveAt) {

    static final int LICENCES_MAX = 100_000;

    public NewRelease {
        name = name == null ? "" : name.strip();
        description = description == null ? "" : description;
        licenceText = licenceText == null ? "" : licenceText;
    }

    /** @throws Refusal naming the field that cannot be accepted */
    NewRelease checked() {
        if (name.isEmpty() || name.length() > 200) {
            throw Refusal.invalid("name", "A name has 1 to 200 characters.", "Name the data set as buyers shall see it.");
        }
        if (licences == null || licences < 1 || licences > LICENCES_MAX) {
            throw Refusal.invalid("licences", "A release declares 1 to %d licences.".formatted(LICENCES_MAX),
                    "Say how many you mean to sell; each carries one part in this many of cost and hours.");
        }
        if (description.length() > 20_000 || licenceText.length() > 20_000) {
            throw Refusal.tooLarge("description", "Description and licence text have at most 20000 characters each.", "Shorten them.");
        }
        return this;
    }
}
