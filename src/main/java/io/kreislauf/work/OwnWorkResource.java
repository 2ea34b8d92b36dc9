package io.kreislauf.work;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** One's own hours, work and pay. */
@Path("/api/me")
@RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER})
@RunOnVirtualThread
class OwnWorkResource {

    private final CurrentCaller caller;
    private final OwnWork own;
    private final ProvingPayslips proving;
    private final Correcting correcting;

    OwnWorkResource(CurrentCaller caller, OwnWork own, ProvingPayslips proving, Correcting correcting) {
        this.caller = caller;
        this.own = own;
        this.proving = proving;
        this.correcting = correcting;
    }

    @GET
    @Path("/work")
    public OwnWork.Summary summary() {
        return own.summary(caller.get());
    }

    @GET
    @Path("/projects")
    public Page<OwnWork.PerProject> projects(@QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return own.perProject(caller.get(), after, limit);
    }

    @GET
    @Path("/submissions")
    public Page<OwnWork.Submission> submissions(@QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return own.submissions(caller.get(), after, limit);
    }

    @GET
    @Path("/intervals")
    public Page<OwnWork.Interval> intervals(@QueryParam("day") String day, @QueryParam("limit") Integer limit, @QueryParam("after") String after) {
        try {
            return own.intervals(caller.get(), day == null ? null : LocalDate.parse(day), limit, after == null ? null : Instant.parse(after));
        } catch (DateTimeException malformed) {
            throw Refusal.invalid("day", "A day is written as 2026-11-22.", "Leave it out for today.");
        }
    }

    @GET
    @Path("/payslips")
    public Page<OwnWork.Payslip> payslips(@QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return own.payslips(caller.get(), after, limit);
    }

    /** A file for {@code deploy/verify}: the payslip with the proof of each payment in it. */
    @GET
    @Path("/payslips/{payslipId}")
    public ProvingPayslips.ProvenPayslip proven(@PathParam("payslipId") UUID payslipId) {
        return proving.prove(caller.get(), payslipId);
    }

    @GET
    @Path("/declarations")
    public Page<Correcting.Declared> declarations(@QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return correcting.own(caller.get(), after, limit);
    }
}
