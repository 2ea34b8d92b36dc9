package io.kreislauf.history;

import io.kreislauf.history.Times.Booked;
import io.kreislauf.history.Times.Ended;
import io.kreislauf.history.Times.Seen;
import io.kreislauf.testing.ApplicationProcesses;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Reads what was heard and what is booked, past the application: plain rows. */
final class ReadingTimes {

    private ReadingTimes() {}

    static Times of(ApplicationProcesses processes, Installed installed) throws SQLException {
        UUID project = installed.projectId();
        try (Connection connection = processes.database()) {
            return new Times(
                    ReadingTheEnd.rows(connection, """
                            select o.annotator_id, o.tab, o.kind, o.claim_id, cast(extract(epoch from o.at) * 1000000 as bigint), cast(extract(epoch from o.received_at) * 1000000 as bigint)
                              from observation o where o.annotator_id in (select annotator_id from claim where project_id = ?) order by o.observation_id
                            """, project, row -> new Seen(ReadingTheEnd.id(row, 1), ReadingTheEnd.id(row, 2), row.getString(3), ReadingTheEnd.id(row, 4), row.getLong(5), row.getLong(6))),
                    ReadingTheEnd.rows(connection, """
                            select annotator_id, cast(extract(epoch from lower(span)) * 1000000 as bigint), cast(extract(epoch from upper(span)) * 1000000 as bigint),
                                   time_class || coalesce(' ' || claim_id, '')
                              from worked_interval where annotator_id in (select annotator_id from claim where project_id = ?)
                            """, project, row -> new Booked(ReadingTheEnd.id(row, 1), row.getLong(2), row.getLong(3), row.getString(4))),
                    ReadingTheEnd.rows(connection, """
                            select d.annotator_id, cast(extract(epoch from lower(span)) * 1000000 as bigint), cast(extract(epoch from upper(span)) * 1000000 as bigint),
                                   'declared' || coalesce(' ' || d.claim_id, '')
                              from declaration d cross join lateral unnest(d.spans) as span where d.project_id = ? and d.state = 'pending'
                            """, project, row -> new Booked(ReadingTheEnd.id(row, 1), row.getLong(2), row.getLong(3), row.getString(4))),
                    ReadingTheEnd.rows(connection, """
                            select claim_id, cast(extract(epoch from ended_at) * 1000000 as bigint), state = 'submitted',
                                   state in ('submitted', 'returned', 'skipped') and shown_at <= ended_at and ended_at <= deadline_at
                              from claim where project_id = ? and ended_at is not null
                            """, project, row -> new Ended(ReadingTheEnd.id(row, 1), row.getLong(2), row.getBoolean(3), row.getBoolean(4))));
        }
    }
}
