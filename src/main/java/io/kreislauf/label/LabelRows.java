package io.kreislauf.label;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of labels, written in batches: one statement for all that arrived, one for all that was rejected or restored. */
@ApplicationScoped
class LabelRows {

    record Arrived(UUID submissionId, UUID projectId, UUID itemId, UUID annotatorId, String answer, boolean counts) {}

    record Judged(UUID submissionId, boolean rejected) {}

    /** @param accepted the questions whose answers may be used; null: all */
    record Narrowed(UUID submissionId, String[] accepted) {}

    private static final String INSERT = """
            insert into label (submission_id, project_id, item_id, annotator_id, answer, counts)
            select submission_id, project_id, item_id, annotator_id, cast(answer as jsonb), counts
              from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]), cast(? as boolean[]))
                   as l(submission_id, project_id, item_id, annotator_id, answer, counts)
            on conflict (submission_id) do nothing
            """;
    private static final String JUDGE = """
            update label l set rejected = j.rejected
              from unnest(cast(? as uuid[]), cast(? as boolean[])) as j(submission_id, rejected)
             where l.submission_id = j.submission_id
            """;

    private final DataSource dataSource;

    LabelRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void insert(List<Arrived> labels) {
        if (labels.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection(); var insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, connection.createArrayOf("uuid", labels.stream().map(Arrived::submissionId).toArray()));
            insert.setArray(2, connection.createArrayOf("uuid", labels.stream().map(Arrived::projectId).toArray()));
            insert.setArray(3, connection.createArrayOf("uuid", labels.stream().map(Arrived::itemId).toArray()));
            insert.setArray(4, connection.createArrayOf("uuid", labels.stream().map(Arrived::annotatorId).toArray()));
            insert.setArray(5, connection.createArrayOf("text", labels.stream().map(Arrived::answer).toArray()));
            insert.setArray(6, connection.createArrayOf("boolean", labels.stream().map(Arrived::counts).toArray()));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("Labels could not be stored.", failure);
        }
    }

    void narrow(Narrowed label) {
        try (Connection connection = dataSource.getConnection();
             var narrow = connection.prepareStatement("update label set accepted = ? where submission_id = ? and accepted is distinct from ?")) {
            var accepted = label.accepted() == null ? null : connection.createArrayOf("text", label.accepted());
            narrow.setArray(1, accepted);
            narrow.setObject(2, label.submissionId());
            narrow.setArray(3, accepted);
            narrow.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("A label could not be narrowed.", failure);
        }
    }

    /** @param judgements at most one for each submission */
    void judge(List<Judged> judgements) {
        if (judgements.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection(); var judge = connection.prepareStatement(JUDGE)) {
            judge.setArray(1, connection.createArrayOf("uuid", judgements.stream().map(Judged::submissionId).toArray()));
            judge.setArray(2, connection.createArrayOf("boolean", judgements.stream().map(Judged::rejected).toArray()));
            judge.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("Labels could not be rejected or restored.", failure);
        }
    }
}
