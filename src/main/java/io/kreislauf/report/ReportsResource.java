package io.kreislauf.report;

import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;

/** The researchers' reports, as JSON and as CSV, and the catalogue of what they measure. */
@Path("/api/reports")
@RolesAllowed({Roles.RESEARCHER, Roles.OPERATOR})
@RunOnVirtualThread
class ReportsResource {

    /** What a report is asked with; all of it comes back as its parameters. */
    record Query(@QueryParam("by") String by, @QueryParam("currency") String currency, @QueryParam("time") String time,
                 @QueryParam("project") UUID project, @QueryParam("seed") Long seed, @QueryParam("watermark") Long watermark) {

        ReportingWages.Asked asked() {
            return new ReportingWages.Asked(by, currency, time, project, seed, watermark);
        }
    }

    private final CurrentCaller caller;
    private final ReportingWages wages;
    private final Sealing sealing;

    ReportsResource(CurrentCaller caller, ReportingWages wages, Sealing sealing) {
        this.caller = caller;
        this.wages = wages;
        this.sealing = sealing;
    }

    @GET
    @Path("/measures")
    public List<Measure.Definition> measures() {
        return Stream.of(Measure.values()).map(Measure::definition).toList();
    }

    @GET
    @Path("/wages")
    @Produces(MediaType.APPLICATION_JSON)
    public WageReport wages(@BeanParam Query query) {
        return run(query);
    }

    /** A report as of now takes in what is settled now: that is sealed first. */
    private WageReport run(Query query) {
        if (query.watermark() == null) {
            sealing.now();
        }
        return wages.run(caller.get(), query.asked());
    }

    @GET
    @Path("/wages.csv")
    @Produces("text/csv")
    public RestResponse<String> csv(@BeanParam Query query) {
        WageReport report = run(query);
        return RestResponse.ResponseBuilder.ok(WageCsv.of(report)).type("text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"wages-by-region.csv\"").build();
    }
}
