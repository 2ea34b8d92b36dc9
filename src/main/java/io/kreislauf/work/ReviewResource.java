package io.kreislauf.work;

import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Deciding on submissions and on appeals against the decisions. */
@Path("/api")
@RunOnVirtualThread
class ReviewResource {

    /**
     * @param questions of a form with several, those whose answers are accepted; null: all
     * @param reason    why not the others
     */
    record Approval(List<String> questions, String reason, Instant effectiveAt) {}

    record Rejection(String reason, Instant effectiveAt) {}

    record Contest(String reason) {}

    /** @param adjustmentMinor pay beyond the reward, if the appeal is won; null: none */
    record Decision(Boolean won, String reason, Long adjustmentMinor, Instant effectiveAt) {}

    private final CurrentCaller caller;
    private final Reviewing reviewing;
    private final Appealing appealing;

    ReviewResource(CurrentCaller caller, Reviewing reviewing, Appealing appealing) {
        this.caller = caller;
        this.reviewing = reviewing;
        this.appealing = appealing;
    }

    @POST
    @Path("/submissions/{submissionId}/approve")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
    public Reviewing.Decided approve(@PathParam("submissionId") UUID submissionId, Approval approval) {
        Instant effectiveAt = approval == null ? null : approval.effectiveAt();
        return approval == null || approval.questions() == null ? reviewing.approve(caller.get(), submissionId, effectiveAt)
                : reviewing.approveParts(caller.get(), submissionId, approval.questions(), approval.reason(), effectiveAt);
    }

    @POST
    @Path("/submissions/{submissionId}/reject")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
    public Reviewing.Decided reject(@PathParam("submissionId") UUID submissionId, Rejection rejection) {
        return reviewing.reject(caller.get(), submissionId, rejection == null ? null : rejection.reason(), rejection == null ? null : rejection.effectiveAt());
    }

    @POST
    @Path("/submissions/{submissionId}/appeal")
    @RolesAllowed(Roles.ANNOTATOR)
    @ResponseStatus(201)
    public Appealing.Appeal appeal(@PathParam("submissionId") UUID submissionId, Contest contest) {
        return appealing.appeal(caller.get(), submissionId, contest == null ? null : contest.reason());
    }

    @POST
    @Path("/appeals/{appealId}/decide")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER, Roles.OPERATOR})
    public Appealing.Appeal decide(@PathParam("appealId") UUID appealId, Decision decision) {
        Decision given = decision == null ? new Decision(null, null, null, null) : decision;
        return appealing.decide(caller.get(), appealId, Boolean.TRUE.equals(given.won()), given.reason(), given.adjustmentMinor(), given.effectiveAt());
    }
}
