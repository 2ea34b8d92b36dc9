package io.kreislauf.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.StatelessSession;

/** The rows of working versions. */
@ApplicationScoped
class WorkingRows {

    /**
     * @param tied     the most frequent values of each question that no label can decide any more; null where there is none
     * @param resolved false: nothing is agreed (any more) and the row goes
     */
    record Agreed(UUID itemId, UUID projectId, String answer, String tied, BigDecimal agreement, int labels, int version, boolean resolved) {}

    record Counts(long rows, long train, long test) {}

    record Sample(String itemKey, String split, String content, String answer, BigDecimal agreement) {}

    private static final String UPSERT = """
            insert into working_row (item_id, project_id, answer, tied, agreement, labels, item_version)
            select item_id, project_id, cast(answer as jsonb), cast(tied as jsonb), agreement, labels, item_version
              from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]), cast(? as text[]), cast(? as numeric[]), cast(? as int[]), cast(? as int[]))
                as r(item_id, project_id, answer, tied, agreement, labels, item_version)
                on conflict (item_id) do update
               set answer = excluded.answer, tied = excluded.tied, agreement = excluded.agreement, labels = excluded.labels,
                   item_version = excluded.item_version, updated_at = clock_now()
             where working_row.item_version <= excluded.item_version
            """;
    private static final String DELETE = """
            delete from working_row w using unnest(cast(? as uuid[]), cast(? as int[])) as r(item_id, item_version)
             where w.item_id = r.item_id and w.item_version <= r.item_version
            """;

    private final DataSource dataSource;
    private final StatelessSession session;

    WorkingRows(DataSource dataSource, StatelessSession session) {
        this.dataSource = dataSource;
        this.session = session;
    }

    void take(Collection<Agreed> agreed) {
        List<Agreed> come = agreed.stream().filter(Agreed::resolved).toList();
        List<Agreed> gone = agreed.stream().filter(a -> !a.resolved()).toList();
        try (Connection connection = dataSource.getConnection()) {
            if (!come.isEmpty()) {
                try (var upsert = connection.prepareStatement(UPSERT)) {
                    upsert.setArray(1, array(connection, "uuid", come, Agreed::itemId));
                    upsert.setArray(2, array(connection, "uuid", come, Agreed::projectId));
                    upsert.setArray(3, array(connection, "text", come, Agreed::answer));
                    upsert.setArray(4, array(connection, "text", come, Agreed::tied));
                    upsert.setArray(5, array(connection, "numeric", come, Agreed::agreement));
                    upsert.setArray(6, array(connection, "int", come, Agreed::labels));
                    upsert.setArray(7, array(connection, "int", come, Agreed::version));
                    upsert.executeUpdate();
                }
            }
            if (!gone.isEmpty()) {
                try (var delete = connection.prepareStatement(DELETE)) {
                    delete.setArray(1, array(connection, "uuid", gone, Agreed::itemId));
                    delete.setArray(2, array(connection, "int", gone, Agreed::version));
                    delete.executeUpdate();
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("Agreed labels could not be taken into the working version.", failure);
        }
    }

    Counts counts(UUID projectId) {
        return session.createNativeQuery("""
                        select count(*), count(*) filter (where s.split = 'train'), count(*) filter (where s.split = 'test')
                          from working_row w join item_split s using (item_id) where w.project_id = :project
                        """, Counts.class)
                .setParameter("project", projectId).getSingleResult();
    }

    List<Sample> sample(UUID projectId, int rows) {
        return session.createNativeQuery("""
                        select i.external_key, s.split, cast(i.content as text), cast(w.answer as text), w.agreement
                          from working_row w join item_split s using (item_id) join item i using (item_id)
                         where w.project_id = :project order by w.item_id limit :rows
                        """, Sample.class)
                .setParameter("project", projectId).setParameter("rows", rows).getResultList();
    }

    private static <T> java.sql.Array array(Connection connection, String type, List<T> rows, Function<T, Object> column) throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }
}
