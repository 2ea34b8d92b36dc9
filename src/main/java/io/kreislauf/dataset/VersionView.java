package io.kreislauf.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A version as the API shows it: what its release publishes; without figures of labour and cost for those who read them elsewhere. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionView(UUID versionId, int number, String name, String description, String licenceText, UUID projectId, String state,
                   Organisation organisation, int licencesDeclared, int licencesSold, UUID replacedBy, Instant releasedAt, long trainRows,
                   long testRows, Long cMinor, Long vMinor, String currency, Map<String, Long> millisByClass,
                   Map<String, Long> declaredMillisByClass, Hours hours, int annotators, Manifest.Circuit circuit,
                   List<VersionRows.File> files, boolean mayDownload) {

    record Organisation(UUID id, String name) {}

    static VersionView of(DatasetVersion v, int sold, List<VersionRows.File> files, boolean mayDownload) {
        return of(v, sold, files, mayDownload, true);
    }

    static VersionView of(DatasetVersion v, int sold, List<VersionRows.File> files, boolean mayDownload, boolean figures) {
        return new VersionView(v.versionId(), v.number(), v.name(), v.description(), v.licenceText(), v.projectId(),
                v.released() ? "released" : "releasing", new Organisation(v.organisationId(), v.organisationName()), v.licencesDeclared(), sold,
                v.replacedBy(), v.releasedAt(), v.trainRows(), v.testRows(), figures ? v.cost().cMinor() : null, figures ? v.cost().vMinor() : null,
                v.currency(), figures ? v.hours().observed() : null, figures ? v.hours().declared() : null, figures ? v.hours() : null,
                v.annotators(), figures ? Manifest.circuit(v) : null, files, mayDownload);
    }
}
