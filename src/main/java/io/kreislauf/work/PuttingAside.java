package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.work.SubmissionRows.Held;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * "Come back later": the task stays claimed, with its draft, and is not in the way of the next one, for it does not count
 * against the prefetch limit. It comes back well before its deadline, whose rules are untouched by it. What timed out can be put aside too, as long as
 * it can be handed in late: it holds no place, and comes back when its annotator calls it.
 */
@ApplicationScoped
public class PuttingAside {

    /** Names the claim's version, as submitting it does. */
    public record Later(long fencingVersion) {}

    /** @param returnsAt when it is to be done again; null: its time was over before, nobody waits for it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Aside(UUID claimId, Instant asideAt, Instant returnsAt, Instant deadlineAt) {}

    private static final String PUT_ASIDE = """
            update claim c set aside_at = coalesce(c.aside_at, clock_now())
              from project p
             where c.claim_id = ? and p.project_id = c.project_id
               and (c.aside_at is not null
                    or p.prefetch_limit > (select count(*) from claim o where o.annotator_id = c.annotator_id and o.project_id = c.project_id
                                              and o.state in ('claimed', 'shown') and o.aside_at is not null))
            returning c.claim_id, c.aside_at, %s, c.deadline_at
            """.formatted(ClaimRows.RETURNS_AT);

    private static final String PUT_ASIDE_AFTERWARDS = """
            update claim set aside_at = case when aside_at >= ended_at then aside_at else clock_now() end where claim_id = ?
            returning claim_id, aside_at, cast(null as timestamptz), deadline_at
            """;

    private final DataSource dataSource;
    private final SubmissionRows rows;

    PuttingAside(DataSource dataSource) {
        this.dataSource = dataSource;
        this.rows = new SubmissionRows(dataSource);
    }

    /**
     * As many tasks of a project as may be held at a time may be put aside beside them. Again is the same; showing the task
     * takes it back.
     *
     * @throws Refusal NOT_FOUND for somebody else's claim, FENCED, CLAIM_ENDED, ASIDE_LIMIT
     */
    @Transactional
    public Aside putAside(Caller caller, UUID claimId, Later later) {
        Held held = rows.lock(caller.personId(), claimId).orElseThrow(() -> Refusal.missing("claim", claimId));
        held.requireVersion(later == null ? null : later.fencingVersion());
        if (held.hasTimedOut() && !held.claimedAnew()) {
            return Sql.one(dataSource, Aside.class, PUT_ASIDE_AFTERWARDS, claimId).orElseThrow();
        }
        held.requireOpen();
        return Sql.one(dataSource, Aside.class, PUT_ASIDE, claimId).orElseThrow(() -> Refusal.conflict("ASIDE_LIMIT",
                "You have put aside as many tasks of this project as you may.", "Do or return one of them first."));
    }
}
