package io.kreislauf.work;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of drafts: one for each claim, and what was typed beside it. */
final class DraftRows {

    private static final int ASIDE_MAX = 10;

    /**
     * @param page null: nothing is kept of this claim
     * @param same whether it is the text that is asked about
     */
    record Stored(UUID page, long step, String holds, String answer, Instant savedAt, boolean same) {

        DraftOrder order() {
            Map<UUID, Long> known = new HashMap<>();
            AnswerJson.read(holds).properties().forEach(each -> known.put(UUID.fromString(each.getKey()), each.getValue().longValue()));
            return new DraftOrder(page, step, known);
        }
    }

    /** What the order of a draft holds of those beside it needs no more decision. */
    private static final String DECIDED = """
            decided as (
                delete from draft_aside a using (select cast(? as uuid) as claim_id, cast(? as uuid) as page, cast(? as jsonb) as holds) d
                 where a.claim_id = d.claim_id and (a.page = d.page or cast(d.holds ->> cast(a.page as text) as bigint) >= a.step)
            )
            """;

    private final DataSource dataSource;

    DraftRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is kept of a claim that the annotator holds, or held until its time was over; nobody else changes it until the transaction ends. */
    Optional<Stored> lock(UUID annotatorId, UUID claimId, String answer) {
        return Sql.one(dataSource, Stored.class, ClaimRows.LOCK_ANNOTATOR + """
                select d.page, d.step, cast(d.holds as text), cast(d.answer as text), d.saved_at, coalesce(d.answer = cast(? as jsonb), false)
                  from claim c left join draft d on d.claim_id = c.claim_id
                 where c.claim_id = ? and c.annotator_id = ? and c.state in ('claimed', 'shown', 'expired', 'lapsed')
                """, annotatorId.toString(), answer, claimId, annotatorId);
    }

    void keep(UUID claimId, String answer, DraftOrder order) {
        String holds = json(order.holds());
        Sql.run(dataSource, "with " + DECIDED + """
                insert into draft (claim_id, answer, page, step, holds) values (?, cast(? as jsonb), ?, ?, cast(? as jsonb))
                    on conflict (claim_id) do update
                   set answer = excluded.answer, page = excluded.page, step = excluded.step, holds = excluded.holds, saved_at = clock_now()
                """, claimId, order.page(), holds, claimId, answer, order.page(), order.step(), holds);
    }

    /** What is kept holds more than was known. */
    void know(UUID claimId, DraftOrder order) {
        String holds = json(order.holds());
        Sql.run(dataSource, "with " + DECIDED + "update draft set holds = cast(? as jsonb) where claim_id = ?", claimId, order.page(), holds, holds, claimId);
    }

    void keepAside(UUID claimId, String answer, DraftOrder order) {
        Sql.run(dataSource, """
                insert into draft_aside (claim_id, page, step, answer) values (?, ?, ?, cast(? as jsonb))
                    on conflict (claim_id, page) do update set step = excluded.step, answer = excluded.answer, saved_at = clock_now()
                 where draft_aside.step < excluded.step
                """, claimId, order.page(), order.step(), answer);
        Sql.run(dataSource, """
                delete from draft_aside a
                 where a.claim_id = ? and (cast(cast(? as jsonb) ->> cast(a.page as text) as bigint) >= a.step
                       or a.page not in (select page from draft_aside where claim_id = ? order by saved_at desc, page limit %d))
                """.formatted(ASIDE_MAX), claimId, json(order.holds()), claimId);
    }

    private static String json(Map<UUID, Long> holds) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        holds.forEach((page, step) -> object.put(page.toString(), step));
        return object.toString();
    }
}
