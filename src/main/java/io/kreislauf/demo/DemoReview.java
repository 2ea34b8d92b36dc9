package io.kreislauf.demo;

import io.kreislauf.demo.DemoPeople.Cast;
import io.kreislauf.demo.DemoPeople.Houses;
import io.kreislauf.people.Caller;
import io.kreislauf.work.PayingOut;
import io.kreislauf.work.Reviewing;
import io.kreislauf.work.ToppingUp;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Review and pay in the demo: a few labels are rejected with a reason, the rest approved, the floor topped up, all paid. */
@ApplicationScoped
class DemoReview {

    private final DemoSteps steps;
    private final DemoCalendar calendar;
    private final Reviewing reviewing;
    private final ToppingUp toppingUp;
    private final PayingOut paying;
    private final StatelessSession session;

    DemoReview(DemoSteps steps, DemoCalendar calendar, Reviewing reviewing, ToppingUp toppingUp, PayingOut paying, StatelessSession session) {
        this.steps = steps;
        this.calendar = calendar;
        this.reviewing = reviewing;
        this.toppingUp = toppingUp;
        this.paying = paying;
        this.session = session;
    }

    void reviewedAndPaid(Cast cast, Houses houses, UUID projectId) {
        Caller reviewer = cast.asReviewer(houses);
        Caller requester = cast.asRequester(houses);
        steps.once("a few labels are rejected", Integer.class, () -> {
            List<UUID> hasty = session.createNativeQuery("""
                            select s.submission_id from submission s join item i using (item_id)
                             where s.project_id = :project and s.declared_millis < 20000 order by i.external_key, s.submission_id limit 16
                            """, UUID.class)
                    .setParameter("project", projectId).getResultList();
            Instant then = calendar.daysAgo(130);
            hasty.forEach(id -> reviewing.reject(reviewer, id, "The answer does not fit the remark; please read it again.", then, then));
            return hasty.size();
        });
        steps.onceRepeatable("the rest is approved", Long.class, () -> reviewing.approveRest(reviewer, projectId, calendar.daysAgo(129)).approved());
        steps.once("wages are topped up to the floor", Integer.class, () -> toppingUp.topUp(projectId, calendar.daysAgo(113)));
        steps.once("wages are paid", PayingOut.Paid.class, () -> paying.pay(requester, null, projectId, calendar.daysAgo(112)));
    }

    /** Approves half of what was handed in, and leaves the other half to whoever tries the demo. */
    void halfApproved(Cast cast, Houses houses, UUID projectId) {
        Caller reviewer = cast.asReviewer(houses);
        steps.once("half of the open project is approved", Integer.class, () -> {
            List<UUID> half = session.createNativeQuery("""
                            select submission_id from (select submission_id, row_number() over (order by submission_id) as number
                                                         from submission where project_id = :project and state = 'submitted') s
                             where number % 2 = 0
                            """, UUID.class)
                    .setParameter("project", projectId).getResultList();
            half.forEach(id -> reviewing.approve(reviewer, id, calendar.daysAgo(1)));
            return half.size();
        });
    }
}
