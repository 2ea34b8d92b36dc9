package io.kreislauf.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.dataset.TableFile.Column;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** The two tables of a release, read by a cursor: no data set has to fit into memory. */
@ApplicationScoped
class ReleaseTables {

    private static final int FETCH_ROWS = 1_000;
    private static final Set<String> OWN_COLUMNS = Set.of("item", "tied", "agreement", "labels", "source", "licence", "lawful_basis");

    /** An agreed row: what was asked about, and the answer; {@code tied} has the questions that no label could decide, or is null. */
    record Row(String item, JsonNode content, JsonNode answer, JsonNode tied, Double agreement, int labels, String source, String licence, String lawfulBasis) {}

    /** What one person answered about one item; the person stands under a pseudonym of this release alone. */
    record Label(UUID annotator, String item, JsonNode answer, String state) {}

    private static final String ROWS = """
            select i.external_key, cast(i.content as text), cast(r.answer as text), cast(r.tied as text), r.agreement, r.labels, i.source, i.licence, i.lawful_basis
              from version_row r join item i using (item_id)
             where r.version_id = ? and r.split = ? order by r.item_id
            """;
    private static final String LABELS = """
            select v.pseudonym, i.external_key,
                   cast(case when s.accepted is null then s.answer
                             else (select coalesce(jsonb_object_agg(q.key, q.value), '{}') from jsonb_each(s.answer) q where q.key = any (s.accepted)) end as text)
              from version_submission v join item i using (item_id) join item_split p using (item_id) join submission s using (submission_id)
             where v.version_id = ?
               and coalesce((select r.split from version_row r where r.version_id = v.version_id and r.item_id = v.item_id), p.split) = ?
             order by v.item_id, v.submission_id
            """;
    private static final String CONTENT_KEYS = """
            select distinct k from version_row r join item i using (item_id)
             cross join lateral jsonb_object_keys(case jsonb_typeof(i.content) when 'object' then i.content else '{}' end) as k
             where r.version_id = ? order by k
            """;
    private static final String ANSWER_KEYS = """
            select distinct k from version_submission v join submission s using (submission_id)
             cross join lateral jsonb_object_keys(case jsonb_typeof(s.answer) when 'object' then s.answer else '{}' end) as k
             where v.version_id = ? order by k
            """;

    private final DataSource dataSource;
    private final ObjectMapper json;

    ReleaseTables(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    /** Must run in a transaction: a cursor lives no longer. */
    List<VersionRows.File> write(UUID versionId, ReleasedFiles.Draft draft) throws IOException, SQLException {
        List<VersionRows.File> files = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            List<String> questions = keys(connection, ANSWER_KEYS, versionId);
            List<Column<Row>> rowColumns = rowColumns(keys(connection, CONTENT_KEYS, versionId), questions);
            List<Column<Label>> labelColumns = labelColumns(questions);
            for (String split : List.of(Split.TRAIN, Split.TEST)) {
                String parquet = "/%s-00000-of-00001.parquet".formatted(split);
                try (var table = new TableFile<>(draft, "data/" + split + ".jsonl", "data" + parquet, Row.class, rowColumns, json, ReleaseTables::line)) {
                    each(connection, ROWS, versionId, split, row -> table.write(row(row)));
                    table.close();
                    files.addAll(table.files());
                }
                try (var table = new TableFile<>(draft, "labels/" + split + ".jsonl", "labels" + parquet, Label.class, labelColumns, json, label -> label)) {
                    each(connection, LABELS, versionId, split, row -> table.write(label(row)));
                    table.close();
                    files.addAll(table.files());
                }
            }
        }
        return files;
    }

    private interface EachRow {
        void take(ResultSet row) throws SQLException, IOException;
    }

    private static void each(Connection connection, String sql, UUID versionId, String split, EachRow effect) throws SQLException, IOException {
        try (var select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH_ROWS);
            select.setObject(1, versionId);
            select.setString(2, split);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    effect.take(rows);
                }
            }
        }
    }

    private static List<String> keys(Connection connection, String sql, UUID versionId) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setObject(1, versionId);
            try (ResultSet rows = select.executeQuery()) {
                List<String> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
                return keys;
            }
        }
    }

    /** Question and answer in columns. A content field that would hide one of ours is prefixed. */
    static List<Column<Row>> rowColumns(List<String> contentKeys, List<String> questions) {
        List<Column<Row>> columns = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>(OWN_COLUMNS);
        questions.forEach(q -> taken.add("answer_" + q));
        columns.add(Column.text("item", Row::item));
        for (String key : contentKeys) {
            String name = key;
            while (!taken.add(name)) {
                name = "content_" + name;
            }
            columns.add(Column.text(name, row -> text(row.content().path(key))));
        }
        if (contentKeys.isEmpty()) {
            columns.add(Column.text("content", row -> text(row.content())));
        }
        questions.forEach(q -> columns.add(Column.text("answer_" + q, row -> text(row.answer().path(q)))));
        columns.add(Column.text("tied", row -> row.tied() == null ? null : row.tied().toString()));
        columns.add(Column.number("agreement", Row::agreement));
        columns.add(Column.count("labels", Row::labels));
        columns.add(Column.text("source", Row::source));
        columns.add(Column.text("licence", Row::licence));
        columns.add(Column.text("lawful_basis", Row::lawfulBasis));
        return columns;
    }

    private static List<Column<Label>> labelColumns(List<String> questions) {
        List<Column<Label>> columns = new ArrayList<>();
        columns.add(Column.text("annotator", label -> label.annotator().toString()));
        columns.add(Column.text("item", Label::item));
        questions.forEach(q -> columns.add(Column.text("answer_" + q, label -> text(label.answer().path(q)))));
        columns.add(Column.text("state", Label::state));
        return columns;
    }

    /** Without the fields that nobody filled in. */
    private static Map<String, Object> line(Row row) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("item", row.item());
        line.put("content", row.content());
        line.put("answer", row.answer());
        line.put("tied", row.tied());
        line.put("agreement", row.agreement());
        line.put("labels", row.labels());
        line.put("source", row.source());
        line.put("licence", row.licence());
        line.put("lawfulBasis", row.lawfulBasis());
        line.values().removeIf(java.util.Objects::isNull);
        return line;
    }

    private Row row(ResultSet row) throws SQLException, JsonProcessingException {
        var agreement = row.getBigDecimal(5);
        String tied = row.getString(4);
        return new Row(row.getString(1), json.readTree(row.getString(2)), json.readTree(row.getString(3)), tied == null ? null : json.readTree(tied),
                agreement == null ? null : agreement.doubleValue(), row.getInt(6), row.getString(7), row.getString(8), row.getString(9));
    }

    private Label label(ResultSet row) throws SQLException, JsonProcessingException {
        return new Label(row.getObject(1, UUID.class), row.getString(2), json.readTree(row.getString(3)), "approved");
    }

    /** Text as it is, anything else as its JSON; null for what is not there. */
    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value.isTextual() ? value.textValue() : value.toString();
    }
}
