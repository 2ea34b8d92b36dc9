package io.kreislauf.dataset;

import io.kreislauf.ledger.Cost;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What stands in a release's {@code manifest.json}: the files with their hashes, and the circuit card: what went into
 * the data set and what was paid for it. There is no standard for the latter; this form is our own.
 */
record Manifest(UUID version, UUID project, int number, String name, String maker, String description, String licence, Instant releasedAt,
                Splits splits, List<VersionRows.File> files, Circuit circuit) {

    record Splits(String rule, long trainRows, long testRows) {}

    /** @param advertisedMinorPerHour reward and supplement by estimated time; by the hour, the rate with them */
    record Wages(Long advertisedMinorPerHour, Long effectiveMinorPerHour, Long perHourOfLabellingMinor) {}

    /** @param licences how many licences share cost and hours; each carries one part in this many */
    record Circuit(String currency, long cMinor, long vMinor, List<Cost> costs, Hours hoursMillis, int annotators, Wages wages, int licences) {}

    private static final String RULE = "Items that share a declared group or their content stand on one side. Train if the first 8 bytes of "
            + "SHA-256(salt || first item), as a fraction, are below the train share; gold items always in train.";

    static Manifest of(DatasetVersion version, List<VersionRows.File> files) {
        return new Manifest(version.versionId(), version.projectId(), version.number(), version.name(), version.organisationName(), version.description(),
                version.licenceText(), version.releasedAt(), new Splits(RULE, version.trainRows(), version.testRows()), files, circuit(version));
    }

    static Circuit circuit(DatasetVersion version) {
        return new Circuit(version.currency(), version.cost().cMinor(), version.cost().vMinor(), version.stock().costs(), version.hours(),
                version.annotators(), new Wages(version.advertisedMinorPerHour(), version.wageOfAllTimeMinorPerHour(),
                version.wageOfDirectTimeMinorPerHour()), version.licencesDeclared());
    }
}
