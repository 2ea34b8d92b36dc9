package io.kreislauf.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Page;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Tests that earn a skill: set by requesters, taken by annotators. */
@Path("/api/qualifications")
@RolesAllowed(Roles.REQUESTER)
@RunOnVirtualThread
class QualificationsResource {

    record Answers(List<JsonNode> answers) {}

    private final CurrentCaller caller;
    private final SettingQualification setting;
    private final Qualifying qualifying;

    QualificationsResource(CurrentCaller caller, SettingQualification setting, Qualifying qualifying) {
        this.caller = caller;
        this.setting = setting;
        this.qualifying = qualifying;
    }

    @POST
    @ResponseStatus(201)
    public SettingQualification.Qualification set(SettingQualification.Test test) {
        return setting.set(caller.get(), test);
    }

    @GET
    public Page<SettingQualification.Qualification> own(@QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return setting.own(caller.get(), after, limit);
    }

    @POST
    @Path("/{qualificationId}/close")
    @ResponseStatus(201)
    public SettingQualification.Qualification close(@PathParam("qualificationId") UUID qualificationId) {
        return setting.close(caller.get(), qualificationId);
    }

    /** What the annotator who asks may take. */
    @GET
    @Path("/offered")
    @RolesAllowed(Roles.ANNOTATOR)
    public List<Qualifying.Offered> offered() {
        return qualifying.offered(caller.get());
    }

    @POST
    @Path("/{qualificationId}/attempts")
    @RolesAllowed(Roles.ANNOTATOR)
    @ResponseStatus(201)
    public Qualifying.Paper begin(@PathParam("qualificationId") UUID qualificationId, Qualifying.Wish wish) {
        return qualifying.begin(caller.get(), qualificationId, wish);
    }

    @POST
    @Path("/attempts/{attemptId}/submit")
    @RolesAllowed(Roles.ANNOTATOR)
    public Qualifying.Result handIn(@PathParam("attemptId") UUID attemptId, Answers answers) {
        return qualifying.handIn(caller.get(), attemptId, answers == null ? null : answers.answers());
    }
}
