package io.kreislauf.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What PostgreSQL did to answer a question. It does it to be able to tell: what a question changes is to be rolled back.
 *
 * @param told by {@code explain}: the plan, and how long it took
 */
public record QueryPlan(JsonNode told) {

    /** Before a question that is prepared; then {@link #of(PreparedStatement)}. */
    public static final String EXPLAIN = "explain (analyze, buffers, format json) ";

    public static QueryPlan of(Statement statement, String question) throws SQLException, JsonProcessingException {
        try (var row = statement.executeQuery(EXPLAIN + question)) {
            row.next();
            return new QueryPlan(new ObjectMapper().readTree(row.getString(1)).get(0));
        }
    }

    public static QueryPlan of(PreparedStatement explain) throws SQLException, JsonProcessingException {
        try (var row = explain.executeQuery()) {
            row.next();
            return new QueryPlan(new ObjectMapper().readTree(row.getString(1)).get(0));
        }
    }

    public JsonNode top() {
        return told.required("Plan");
    }

    /** The top one and all below it. */
    public List<JsonNode> nodes() {
        return nodes(top());
    }

    private static List<JsonNode> nodes(JsonNode node) {
        List<JsonNode> nodes = new ArrayList<>(List.of(node));
        node.path("Plans").forEach(child -> nodes.addAll(nodes(child)));
        return nodes;
    }

    /** Rows of a table that were looked at, kept or thrown away. */
    public double read(String table) {
        return nodes().stream().filter(node -> node.path("Relation Name").asText().equals(table) && !node.path("Node Type").asText().equals("ModifyTable"))
                .mapToDouble(node -> (node.path("Actual Rows").asDouble() + node.path("Rows Removed by Filter").asDouble()) * node.path("Actual Loops").asDouble()).sum();
    }

    public boolean uses(String index) {
        return nodes().stream().anyMatch(node -> node.path("Index Name").asText().equals(index));
    }

    /** Pages that were touched. */
    public long buffers() {
        return buffers(top());
    }

    public static long buffers(JsonNode node) {
        return node.path("Shared Hit Blocks").asLong() + node.path("Shared Read Blocks").asLong();
    }

    @Override
    public String toString() {
        return told.toPrettyString();
    }
}
