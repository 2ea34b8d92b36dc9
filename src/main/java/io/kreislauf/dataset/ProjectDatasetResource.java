package io.kreislauf.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.kreislauf.people.Caller;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The data set of a project: its working version, means used up in it, its releases. */
@Path("/api/projects/{projectId}")
@RolesAllowed(Roles.REQUESTER)
@RunOnVirtualThread
class ProjectDatasetResource {

    record Sample(String itemKey, String split, @JsonRawValue String content, @JsonRawValue String answer, BigDecimal agreement) {}

    record Working(long rows, long train, long test, List<Sample> sample, List<VersionView> versions) {}

    private final CurrentCaller caller;
    private final Datasets datasets;
    private final ReleasingDataset releasing;
    private final UsingMeans usingMeans;
    private final SettlingLateCosts settling;
    private final Licensees licensees;

    ProjectDatasetResource(CurrentCaller caller, Datasets datasets, ReleasingDataset releasing, UsingMeans usingMeans, SettlingLateCosts settling,
                           Licensees licensees) {
        this.caller = caller;
        this.datasets = datasets;
        this.releasing = releasing;
        this.usingMeans = usingMeans;
        this.settling = settling;
        this.licensees = licensees;
    }

    @GET
    @Path("/dataset")
    public Working working(@PathParam("projectId") UUID projectId) {
        Datasets.Working working = datasets.working(caller.get(), projectId);
        var sold = licensees.sold(working.versions().stream().map(DatasetVersion::versionId).toList());
        return new Working(working.counts().rows(), working.counts().train(), working.counts().test(),
                working.sample().stream().map(s -> new Sample(s.itemKey(), s.split(), s.content(), s.answer(), s.agreement())).toList(),
                working.versions().stream().map(v -> VersionView.of(v, sold.get(v.versionId()), datasets.files(v.versionId()), v.released())).toList());
    }

    @POST
    @Path("/releases")
    @ResponseStatus(201)
    public VersionView release(@PathParam("projectId") UUID projectId, @HeaderParam("Idempotency-Key") String key, NewRelease release) {
        Caller maker = caller.get();
        DatasetVersion version = releasing.release(maker, projectId, release, key);
        return VersionView.of(version, 0, datasets.files(version.versionId()), datasets.mayDownload(maker, version));
    }

    @POST
    @Path("/means-used")
    @ResponseStatus(201)
    public UsingMeans.Used use(@PathParam("projectId") UUID projectId, @HeaderParam("Idempotency-Key") String key, UsingMeans.Use use) {
        return usingMeans.use(caller.get(), projectId, use, key);
    }

    /** Says that there will be no further version of an ended project. */
    @POST
    @Path("/late-costs")
    @ResponseStatus(201)
    public SettlingLateCosts.Settled settleLateCosts(@PathParam("projectId") UUID projectId, @HeaderParam("Idempotency-Key") String key) {
        return settling.settle(caller.get(), projectId, key);
    }
}
