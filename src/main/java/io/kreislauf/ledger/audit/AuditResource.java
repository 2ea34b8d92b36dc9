package io.kreislauf.ledger.audit;

import io.kreislauf.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** The audit's findings, and an audit on request. Places name entries and books, so they are the operator's. */
@Path("/api/ledger/audit")
@RunOnVirtualThread
class AuditResource {

    private final Auditing auditing;

    AuditResource(Auditing auditing) {
        this.auditing = auditing;
    }

    @GET
    @RolesAllowed("operator")
    public AuditResult latest() {
        return auditing.latest().orElseThrow(() -> Refusal.missing("audit", "yet"));
    }

    /** @param fromZero look at every entry again */
    @POST
    @RolesAllowed("operator")
    public AuditResult audit(@QueryParam("fromZero") boolean fromZero) {
        return auditing.audit(fromZero);
    }
}
