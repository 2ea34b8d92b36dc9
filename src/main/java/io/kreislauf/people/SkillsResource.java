package io.kreislauf.people;

import io.kreislauf.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Skills of an organisation, and who holds them. */
@Path("/api/skills")
@RolesAllowed(Roles.REQUESTER)
@RunOnVirtualThread
class SkillsResource {

    record Definition(String name, List<String> levels) {}

    record Granted(String level) {}

    private final CurrentCaller caller;
    private final Skills skills;

    SkillsResource(CurrentCaller caller, Skills skills) {
        this.caller = caller;
        this.skills = skills;
    }

    @POST
    @ResponseStatus(201)
    public Skills.Skill define(Definition definition) {
        return skills.define(caller.get(), definition == null ? null : definition.name(), definition == null ? null : definition.levels());
    }

    @GET
    @RolesAllowed({Roles.REQUESTER, Roles.REVIEWER})
    public Page<Skills.Skill> own(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        return skills.own(caller.get(), after, limit);
    }

    /** What the annotator who asks holds, of all organisations. */
    @GET
    @Path("/mine")
    @RolesAllowed(Roles.ANNOTATOR)
    public List<Skills.Held> held() {
        return skills.held(caller.get());
    }

    @GET
    @Path("/{skillId}/holders")
    public Page<Skills.Holder> holders(@PathParam("skillId") UUID skillId, @QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return skills.holders(caller.get(), skillId, after, limit);
    }

    /** {@code annotator}: the organisation's pseudonym of somebody, or the id of one it provisioned. */
    @PUT
    @Path("/{skillId}/holders/{annotator}")
    public Skills.Holder grant(@PathParam("skillId") UUID skillId, @PathParam("annotator") UUID annotator, Granted granted) {
        return skills.grant(caller.get(), skillId, annotator, granted == null ? null : granted.level());
    }

    @DELETE
    @Path("/{skillId}/holders/{annotator}")
    public void revoke(@PathParam("skillId") UUID skillId, @PathParam("annotator") UUID annotator) {
        skills.revoke(caller.get(), skillId, annotator);
    }
}
