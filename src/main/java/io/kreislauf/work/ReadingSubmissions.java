package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Pseudonyms;
import io.kreislauf.project.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** A project's labels one by one, for its reviewers; annotators appear under the organisation's own pseudonyms. */
@ApplicationScoped
public class ReadingSubmissions {

    private static final Set<String> STATES = Set.of("submitted", "approved", "rejected", "rejection_final");

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Appeal(UUID appealId, String reason, String state, Instant by) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listed(UUID submissionId, UUID claimId, UUID itemId, String itemKey, @JsonRawValue String content, @JsonRawValue String answer,
                         UUID annotator, Instant submittedAt, long bookedMillis, long declaredMillis, long rewardMinor, String currency,
                         String state, boolean lateKept, String reason, Appeal appeal) {}

    private record Row(UUID submissionId, UUID claimId, UUID itemId, String itemKey, String content, String answer, UUID annotatorId, Instant submittedAt,
                       long bookedMillis, long declaredMillis, long rewardMinor, String currency, String state, boolean lateKept, String reason,
                       UUID appealId, String appealReason, String appealState, Instant decideUntil) {}

    private final DataSource dataSource;
    private final Projects projects;
    private final Pseudonyms pseudonyms;

    ReadingSubmissions(DataSource dataSource, Projects projects, Pseudonyms pseudonyms) {
        this.dataSource = dataSource;
        this.projects = projects;
        this.pseudonyms = pseudonyms;
    }

    /**
     * In the order of submission.
     *
     * @param state null: every one
     */
    @Transactional
    public Page<Listed> list(Caller caller, UUID projectId, String state, UUID after, Integer limit) {
        if (state != null && !STATES.contains(state)) {
            throw Refusal.invalid("state", "A state is one of %s.".formatted(STATES), "Leave it out for all.");
        }
        projects.own(caller, projectId);
        int count = Page.limit(limit);
        List<Row> rows = Sql.list(dataSource, Row.class, """
                select s.submission_id, s.claim_id, s.item_id, i.external_key, cast(i.content as text), cast(s.answer as text), s.annotator_id, s.effective_at,
                       s.observed_millis + s.declared_millis, s.declared_millis, s.reward_minor, p.currency, s.state, s.late_kept,
                       (select r.reason from review r where r.submission_id = s.submission_id order by r.review_id desc limit 1),
                       a.appeal_id, a.reason, a.state, a.decide_until
                  from submission s join item i on i.item_id = s.item_id join project p on p.project_id = s.project_id
                  left join appeal a on a.submission_id = s.submission_id
                 where s.project_id = ? and s.state = any (?) and (cast(? as uuid) is null or s.submission_id > ?)
                 order by s.submission_id limit ?
                """, projectId, state == null ? STATES.toArray(String[]::new) : new String[] {state}, after, after, count + 1);
        Map<UUID, UUID> names = pseudonyms.of(caller.organisation(), rows.stream().map(Row::annotatorId).toList());
        return Page.of(rows, count, Row::submissionId).map(r -> new Listed(r.submissionId, r.claimId, r.itemId, r.itemKey, r.content, r.answer,
                names.get(r.annotatorId), r.submittedAt, r.bookedMillis, r.declaredMillis, r.rewardMinor, r.currency, r.state, r.lateKept, r.reason,
                r.appealId == null ? null : new Appeal(r.appealId, r.appealReason, r.appealState, r.decideUntil)));
    }
}
