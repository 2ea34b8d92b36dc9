package io.kreislauf.work;

import io.kreislauf.project.Outstanding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import javax.sql.DataSource;

/** What a closed project may still owe: work in flight, undecided, contestable or unpaid, and top-ups. */
@ApplicationScoped
class OutstandingWork implements Outstanding {

    private final DataSource dataSource;

    OutstandingWork(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean isOutstanding(UUID projectId) {
        return Sql.one(dataSource, Boolean.class, """
                select exists (select from submission where project_id = ? and state in ('submitted', 'rejected'))
                    or exists (select from submission where project_id = ? and withheld_minor > 0)
                    or exists (select from wage_due where project_id = ? and line_id is null)
                    or exists (select from declaration where project_id = ? and state = 'pending')
                    or exists (select from project p where p.project_id = ? and p.floor_minor_per_hour > 0 and exists (
                              select from (select w.annotator_id, w.period, sum(extract(epoch from upper(w.span) - lower(w.span)) * 1000) as millis
                                             from worked_interval w where w.project_id = p.project_id and w.time_class <> 'review' group by 1, 2) t
                               where ceil(p.floor_minor_per_hour * t.millis / 3600000) > coalesce((
                                     select sum(d.amount_minor) from wage_due d where d.annotator_id = t.annotator_id
                                        and d.project_id = p.project_id and d.period = t.period), 0)))
                """, projectId, projectId, projectId, projectId, projectId).orElseThrow();
    }
}
