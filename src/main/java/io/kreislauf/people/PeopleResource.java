package io.kreislauf.people;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Accounts: made and deleted by whoever provisions. */
@Path("/api/people")
@RolesAllowed({Roles.REQUESTER, Roles.OPERATOR})
@RunOnVirtualThread
class PeopleResource {

    record Listed(UUID personId, String login, String displayName, String region, UUID organisationId) {}

    private final CurrentCaller caller;
    private final Provisioning provisioning;
    private final PersonRows people;

    PeopleResource(CurrentCaller caller, Provisioning provisioning, PersonRows people) {
        this.caller = caller;
        this.provisioning = provisioning;
        this.people = people;
    }

    @POST
    @ResponseStatus(201)
    public Provisioning.Provisioned provision(Provisioning.Account account) {
        return provisioning.provision(caller.get(), account);
    }

    /** Each account on its own; those that exist already are left as they are and missing from the answer. */
    @POST
    @Path("/batch")
    @ResponseStatus(201)
    public List<Provisioning.Provisioned> provisionAll(List<Provisioning.Account> accounts) {
        if (accounts == null || accounts.size() > Provisioning.BATCH_MAX) {
            throw Refusal.tooLarge("accounts", "A batch has at most %d accounts.".formatted(Provisioning.BATCH_MAX), "Send several batches.");
        }
        Caller provisioner = caller.get();
        return accounts.stream().flatMap(account -> provisioning.exists(account.login())
                ? Stream.<Provisioning.Provisioned>empty()
                : Stream.of(provisioning.provision(provisioner, account))).toList();
    }

    @GET
    public Page<Listed> list(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Caller who = caller.get();
        int rows = Page.limit(limit);
        UUID by = who.is(Roles.OPERATOR) ? null : who.organisation();
        return Page.of(people.page(by, after, rows + 1), rows, PersonRows.Profile::loginName)
                .map(p -> new Listed(p.personId(), p.loginName(), p.displayName(), p.region(), p.organisationId()));
    }

    @DELETE
    @Path("/{personId}")
    public void delete(@PathParam("personId") UUID personId) {
        provisioning.delete(caller.get(), personId);
    }
}
