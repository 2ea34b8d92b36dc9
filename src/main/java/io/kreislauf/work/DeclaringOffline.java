package io.kreislauf.work;

import io.kreislauf.project.Project;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What a browser kept while the connection was lost waits for a reviewer, or for silence until the review deadline. */
@ApplicationScoped
class DeclaringOffline {

    private final DataSource dataSource;

    DeclaringOffline(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void declare(UUID annotatorId, UUID claimId, Project project, List<Span> spans, Instant now) {
        if (!spans.isEmpty()) {
            Sql.run(dataSource, """
                    insert into declaration (annotator_id, project_id, claim_id, source, asked_millis, state, declared_at, decide_until, spans)
                    values (?, ?, ?, 'offline', ?, 'pending', ?, ?, cast(? as tstzmultirange))
                    """, annotatorId, project.projectId(), claimId, Intervals.millis(spans), now, now.plus(Duration.ofDays(project.reviewDays())),
                    multirange(spans));
        }
    }

    static String multirange(List<Span> spans) {
        return spans.stream().map(s -> "[%s,%s)".formatted(Instant.ofEpochMilli(s.from()), Instant.ofEpochMilli(s.to())))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
