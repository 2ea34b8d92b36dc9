package io.kreislauf.work;

import io.kreislauf.ledger.TimeClass;
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

    private record Declared(Instant from, Instant to) {}

    private final DataSource dataSource;

    DeclaringOffline(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What was declared before and is neither approved nor refused yet, or was refused, is not declared again. */
    void declare(UUID annotatorId, UUID claimId, Project project, List<Span> kept, Instant now) {
        List<Span> spans = kept.isEmpty() ? kept : Intervals.minus(kept, declared(claimId));
        if (!spans.isEmpty()) {
            Sql.run(dataSource, """
                    insert into declaration (annotator_id, project_id, claim_id, source, asked_millis, state, declared_at, decide_until, spans)
                    values (?, ?, ?, 'offline', ?, 'pending', ?, ?, cast(? as tstzmultirange))
                    """, annotatorId, project.projectId(), claimId, Intervals.millis(spans), now, now.plus(Duration.ofDays(project.reviewDays())),
                    multirange(spans));
        }
    }

    /** The same for time outside tasks of one class; it is given to the project once it is approved. */
    void declareOutside(UUID personId, Project project, TimeClass timeClass, List<Span> kept, Instant now) {
        List<Span> spans = Intervals.minus(kept, Sql.list(dataSource, Declared.class, """
                select lower(r), upper(r) from declaration d cross join lateral unnest(d.spans) as r
                 where d.annotator_id = ? and d.time_class is not null and d.declared_at >= ?
                """, personId, Instant.ofEpochMilli(kept.getFirst().from())).stream().map(d -> new Span(d.from.toEpochMilli(), d.to.toEpochMilli())).toList());
        if (!spans.isEmpty()) {
            Sql.run(dataSource, """
                    insert into declaration (annotator_id, project_id, time_class, source, asked_millis, state, declared_at, decide_until, spans)
                    values (?, ?, ?, 'offline', ?, 'pending', ?, ?, cast(? as tstzmultirange))
                    """, personId, project.projectId(), timeClass.part(), Intervals.millis(spans), now, now.plus(Duration.ofDays(project.reviewDays())),
                    multirange(spans));
        }
    }

    private List<Span> declared(UUID claimId) {
        return Sql.list(dataSource, Declared.class, """
                select lower(r), upper(r) from declaration d cross join lateral unnest(d.spans) as r where d.claim_id = ? and d.source = 'offline'
                """, claimId).stream().map(d -> new Span(d.from.toEpochMilli(), d.to.toEpochMilli())).toList();
    }

    static String multirange(List<Span> spans) {
        return spans.stream().map(s -> "[%s,%s)".formatted(Instant.ofEpochMilli(s.from()), Instant.ofEpochMilli(s.to())))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
