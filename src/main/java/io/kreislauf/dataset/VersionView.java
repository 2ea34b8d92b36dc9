package io.kreislauf.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A version as the API shows it: what its release publishes. */
record VersionView(UUID versionId, int number, String name, String description, String licenceText, UUID projectId, String state,
                   Organisation organisation, int licencesDeclared, int licencesSold, UUID replacedBy, Instant releasedAt, long trainRows,
                   long testRows, long cMinor, long vMinor, String currency, Map<String, Long> millisByClass,
                   Map<String, Long> declaredMillisByClass, Hours hours, int annotators, Manifest.Circuit circuit,
                   List<VersionRows.File> files, boolean mayDownload) {

    record Organisation(UUID id, String name) {}

    static VersionView of(DatasetVersion v, int sold, List<VersionRows.File> files, boolean mayDownload) {
        return of(v, sold, files, mayDownload, Set.of());
    }

    /** @param hidden classes of hours that are not shown, as {@link SmallCells} names them, and no wage that would tell them */
    static VersionView of(DatasetVersion v, int sold, List<VersionRows.File> files, boolean mayDownload, Set<String> hidden) {
        Hours hours = v.hours().without(hidden);
        return new VersionView(v.versionId(), v.number(), v.name(), v.description(), v.licenceText(), v.projectId(),
                v.released() ? "released" : "releasing", new Organisation(v.organisationId(), v.organisationName()), v.licencesDeclared(), sold,
                v.replacedBy(), v.releasedAt(), v.trainRows(), v.testRows(), v.cost().cMinor(), v.cost().vMinor(), v.currency(), hours.observed(),
                hours.declared(), hours, v.annotators(), Manifest.circuit(v, hours, hidden), files, mayDownload);
    }
}
