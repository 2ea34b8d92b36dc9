package io.kreislauf.dataset;

import java.math.BigDecimal;
import java.util.Currency;

/** The {@code README.md} of a release: the header that dataset tools read, and the circuit card for people. */
final class Card {

    private Card() {}

    static String of(DatasetVersion version) {
        return """
                ---
                pretty_name: "%s"
                configs:
                - config_name: default
                  default: true
                  data_files:
                  - {split: train, path: data/train-*.parquet}
                  - {split: test, path: data/test-*.parquet}
                - config_name: labels
                  data_files:
                  - {split: train, path: labels/train-*.parquet}
                  - {split: test, path: labels/test-*.parquet}
                dataset_info:
                  splits:
                  - {name: train, num_examples: %d}
                  - {name: test, num_examples: %d}
                ---

                # %s, version %d

                Made by %s, released %s.

                %s

                `data/` has one row for each agreed item, `labels/` what each annotator answered, under a pseudonym of this release.
                `manifest.json` has the SHA-256 of each file.

                ## The labour in it

                | | |
                |---|---|
                %s
                ## Licence

                %s
                """.formatted(version.name().replace("\"", "'"), version.trainRows(), version.testRows(), version.name(), version.number(),
                version.organisationName(), version.releasedAt(), version.description(), labour(version), version.licenceText());
    }

    private static String labour(DatasetVersion version) {
        StringBuilder rows = new StringBuilder();
        row(rows, "annotators", version.annotators());
        version.hours().observed().forEach((timeClass, millis) -> row(rows, timeClass + ", observed", hours(millis)));
        version.hours().declared().forEach((timeClass, millis) ->
                row(rows, "%s, declared (%s)".formatted(timeClass, String.join(", ", version.hours().declaredSources())), hours(millis)));
        withoutClass(rows, "taken over from the version before", version.hours().takenOver());
        withoutClass(rows, "passed on by means", version.hours().passedOn());
        row(rows, "means of production (c)", money(version, version.cost().cMinor()));
        row(rows, "wages (v)", money(version, version.cost().vMinor()));
        row(rows, "advertised wage per hour", money(version, version.advertisedMinorPerHour()));
        row(rows, "wage per hour of all time given", money(version, version.wageOfAllTimeMinorPerHour()));
        row(rows, "wage per hour of labelling", money(version, version.wageOfDirectTimeMinorPerHour()));
        row(rows, "licences that share this", version.licencesDeclared());
        return rows.toString();
    }

    private static void withoutClass(StringBuilder rows, String label, Hours.Labour labour) {
        if (labour.observedMillis() + labour.declaredMillis() > 0) {
            row(rows, label, "%s observed, %s declared".formatted(hours(labour.observedMillis()), hours(labour.declaredMillis())));
        }
    }

    private static void row(StringBuilder rows, String label, Object value) {
        rows.append("| ").append(label).append(" | ").append(value).append(" |\n");
    }

    private static String hours(long millis) {
        return "%d h %02d min".formatted(millis / 3_600_000, millis / 60_000 % 60);
    }

    private static String money(DatasetVersion version, Long minor) {
        return minor == null ? "undefined: no time" : BigDecimal.valueOf(minor, Math.max(0, Currency.getInstance(version.currency()).getDefaultFractionDigits()))
                .toPlainString() + " " + version.currency();
    }
}
