package io.kreislauf.dataset;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

/** Looking at data sets: the own working version, what is on the market, and the files one may have. */
@ApplicationScoped
public class Datasets {

    private static final int SAMPLE_ROWS = 20;

    /** The working version of a project, with its released ones. */
    record Working(WorkingRows.Counts counts, List<WorkingRows.Sample> sample, List<DatasetVersion> versions) {}

    private final WorkingRows working;
    private final VersionRows versions;
    private final ReleaseRows releases;
    private final ReleasedFiles files;
    private final Licensees licensees;

    Datasets(WorkingRows working, VersionRows versions, ReleaseRows releases, ReleasedFiles files, Licensees licensees) {
        this.working = working;
        this.versions = versions;
        this.releases = releases;
        this.files = files;
        this.licensees = licensees;
    }

    Working working(Caller caller, UUID projectId) {
        releases.project(projectId, caller.organisation()).orElseThrow(() -> Refusal.missing("project", projectId));
        return new Working(working.counts(projectId), working.sample(projectId, SAMPLE_ROWS), versions.ofProject(projectId));
    }

    /** What a release publishes is for everybody who may buy it or study it; before it is released, for its maker. */
    public DatasetVersion version(Caller caller, UUID versionId) {
        return versions.find(versionId)
                .filter(v -> v.released() || v.organisationId().equals(caller.organisationId()))
                .orElseThrow(() -> Refusal.missing("data set version", versionId));
    }

    /** @throws Refusal if there is none of this id */
    public DatasetVersion version(UUID versionId) {
        return versions.find(versionId).orElseThrow(() -> Refusal.missing("data set version", versionId));
    }

    /** By number, those being released included. */
    public List<DatasetVersion> ofProject(UUID projectId) {
        return versions.ofProject(projectId);
    }

    /** Newest first. */
    Page<DatasetVersion> page(Caller caller, String after, int limit) {
        UUID before = after == null || after.isEmpty() ? null : UUID.fromString(after);
        return Page.of(versions.page(caller.organisationId(), before, limit + 1), limit, DatasetVersion::versionId);
    }

    List<VersionRows.File> files(UUID versionId) {
        return versions.files(versionId);
    }

    boolean mayDownload(Caller caller, DatasetVersion version) {
        return caller.organisationId() != null && caller.is(Roles.REQUESTER) && version.released()
                && (version.organisationId().equals(caller.organisationId()) || licensees.holds(caller.organisationId(), version.versionId()));
    }

    /** @throws Refusal NOT_LICENSED unless the caller's organisation made it or holds a licence */
    VersionRows.File file(Caller caller, UUID versionId, String path) {
        DatasetVersion version = version(caller, versionId);
        if (!mayDownload(caller, version)) {
            throw Refusal.forbidden("NOT_LICENSED", "Your organisation holds no licence of this version.", "Buy a licence from " + version.organisationName() + ".");
        }
        return versions.file(versionId, path).orElseThrow(() -> Refusal.missing("file", path));
    }

    InputStream open(UUID versionId, VersionRows.File file, long from) {
        try {
            return files.open(versionId, file.path(), from);
        } catch (IOException failure) {
            throw new IllegalStateException("File %s of version %s cannot be read.".formatted(file.path(), versionId), failure);
        }
    }
}
