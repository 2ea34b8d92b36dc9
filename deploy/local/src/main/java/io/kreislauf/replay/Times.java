package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Declares the times that the log recorded, whole workers in each request. */
final class Times {

    private static final int ROWS_MAX = 4_000;

    private final Api api;
    private final Tokens tokens;
    private final Steps steps;
    private final Journal journal;

    Times(Api api, Tokens tokens, Steps steps, Journal journal) {
        this.api = api;
        this.tokens = tokens;
        this.steps = steps;
        this.journal = journal;
    }

    /** @param rows kept and misfit, with times or without */
    void declare(String requester, String projectId, List<LogRow> rows) {
        Map<String, List<LogRow>> byWorker = new LinkedHashMap<>();
        rows.stream().filter(LogRow::hasTime).forEach(row -> byWorker.computeIfAbsent(row.worker(), worker -> new ArrayList<>()).add(row));
        List<List<LogRow>> requests = new ArrayList<>();
        byWorker.values().forEach(own -> {
            if (requests.isEmpty() || requests.getLast().size() + own.size() > ROWS_MAX) {
                requests.add(new ArrayList<>());
            }
            requests.getLast().addAll(own);
        });
        for (int i = 0; i < requests.size(); i++) {
            List<LogRow> request = requests.get(i);
            steps.once("times-" + i, () -> {
                JsonNode taken = api.post(tokens.of(requester), "/api/projects/" + projectId + "/worklog", null, body(request)).orFail("the recorded times");
                return "%d %d".formatted(taken.path("askedMillis").asLong(), taken.path("bookedMillis").asLong());
            });
            Progress.say("recorded times declared: %d of %d requests", i + 1, requests.size());
        }
    }

    private ArrayNode body(List<LogRow> rows) {
        ArrayNode body = Api.JSON.createArrayNode();
        for (LogRow row : rows) {
            ObjectNode told = body.addObject();
            String submission = journal.submission(row.line());
            told.put(submission == null ? "claimId" : "submissionId", submission == null ? journal.returnedClaim(row.line()) : submission);
            if (row.submitted() != null) {
                told.put("startedAt", row.started().toString()).put("submittedAt", row.submitted().toString());
            } else {
                told.put("workMillis", row.workMillis());
            }
            if (row.group() != null) {
                told.put("group", row.group());
            }
        }
        return body;
    }

    static List<LogRow> of(CrowdLog.Sorted sorted) {
        return Stream.concat(sorted.kept().stream(), sorted.misfits().stream()).sorted(java.util.Comparator.comparingLong(LogRow::line)).toList();
    }
}
