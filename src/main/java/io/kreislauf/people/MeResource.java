package io.kreislauf.people;

import io.kreislauf.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.UUID;

/** Who is signed in. */
@Path("/api/me")
@RunOnVirtualThread
class MeResource {

    record Organisation(UUID id, String name) {}

    record Me(UUID personId, String login, String displayName, Set<String> roles, String region, Organisation organisation,
              Consent.State consent, Integer exposureMinutesMax) {}

    record Decision(int version, String decision) {}

    private final CurrentCaller caller;
    private final PersonRows people;
    private final Consent consent;
    private final LimitingExposure limiting;

    MeResource(CurrentCaller caller, PersonRows people, Consent consent, LimitingExposure limiting) {
        this.caller = caller;
        this.people = people;
        this.consent = consent;
        this.limiting = limiting;
    }

    @GET
    @RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER, Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public Me me() {
        Caller who = caller.get();
        PersonRows.Profile profile = people.profile(who.personId()).orElseThrow(() -> Refusal.missing("person", who.personId()));
        return new Me(profile.personId(), profile.loginName(), profile.displayName(),
                who.roles().stream().filter(Roles.ALL::contains).collect(java.util.stream.Collectors.toSet()), profile.region(),
                profile.organisationId() == null ? null : new Organisation(profile.organisationId(), profile.organisationName()),
                consent.of(who), profile.exposureMinutesMax());
    }

    @PUT
    @Path("/exposure-limit")
    @RolesAllowed(Roles.ANNOTATOR)
    public LimitingExposure.Limit limitExposure(LimitingExposure.Limit wanted) {
        return limiting.limit(caller.get(), wanted);
    }

    @POST
    @Path("/consent")
    @RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER})
    public Consent.State decide(Decision decision) {
        return consent.decide(caller.get(), decision.version(), decision.decision());
    }
}
