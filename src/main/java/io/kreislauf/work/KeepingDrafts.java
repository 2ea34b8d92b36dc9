package io.kreislauf.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.sql.DataSource;

/** Keeping an unfinished answer, so that it is there again on any device. */
@ApplicationScoped
public class KeepingDrafts {

    static final int DRAFT_BYTES_MAX = 65_536;

    private final DataSource dataSource;

    KeepingDrafts(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @throws Refusal TOO_LARGE; NOT_FOUND unless the caller holds the claim, or did until its time was over */
    @Transactional
    public void keep(Caller caller, UUID claimId, JsonNode answer) {
        if (answer == null || !answer.isObject()) {
            throw Refusal.invalid("answer", "A draft is an object with values by question.", "Send {\"answer\": {}}.");
        }
        String text = answer.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > DRAFT_BYTES_MAX) {
            throw Refusal.tooLarge("answer", "A draft has at most %d bytes.".formatted(DRAFT_BYTES_MAX), "Shorten it; what was kept before stays.");
        }
        int kept = Sql.run(dataSource, """
                insert into draft (claim_id, answer)
                select c.claim_id, cast(? as jsonb) from claim c
                 where c.claim_id = ? and c.annotator_id = ? and c.state in ('claimed', 'shown', 'expired', 'lapsed')
                    on conflict (claim_id) do update set answer = excluded.answer, saved_at = clock_now()
                """, text, claimId, caller.personId());
        if (kept == 0) {
            throw Refusal.missing("claim", claimId);
        }
    }
}
