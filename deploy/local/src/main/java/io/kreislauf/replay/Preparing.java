package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** An organisation, its requester and its funded, published project for one log. */
final class Preparing {

    static final String QUESTION = "label";

    private final Api api;
    private final Tokens tokens;
    private final Steps steps;
    private final Options options;
    private final CrowdLog log;
    private final CrowdLog.Sorted sorted;

    Preparing(Api api, Tokens tokens, Steps steps, Options options, CrowdLog log, CrowdLog.Sorted sorted) {
        this.api = api;
        this.tokens = tokens;
        this.steps = steps;
        this.options = options;
        this.log = log;
        this.sorted = sorted;
    }

    String organisation(String name) {
        return steps.once("organisation", () -> {
            Api.Answer answer = api.post(operator(), "/api/organisations", null, Map.of("name", name, "kind", "manufacturer"));
            if ("NAME_TAKEN".equals(answer.code())) {
                for (JsonNode organisation : api.list(operator(), "/api/organisations")) {
                    if (organisation.path("name").asText().equals(name)) {
                        return organisation.required("id").asText();
                    }
                }
            }
            return answer.orFail("the organisation").required("id").asText();
        });
    }

    void requester(String login, String password, String organisationId) {
        tokens.know(login, password);
        steps.once("requester", () -> {
            Api.Answer answer = api.post(operator(), "/api/people", null, Map.of("login", login, "displayName", "Requester of " + log.name(),
                    "roles", List.of("requester", "reviewer"), "organisationId", organisationId, "password", password));
            if (!"LOGIN_TAKEN".equals(answer.code())) {
                answer.orFail("the requester's account");
            }
        });
    }

    /** Drafted, filled, funded and published. */
    String project(String requester, String organisationId) {
        String projectId = steps.once("project", () -> {
            List<JsonNode> drafted = api.list(tokens.of(requester), "/api/projects");
            return drafted.isEmpty() ? api.post(tokens.of(requester), "/api/projects", null, draft()).orFail("the project").required("projectId").asText()
                    : drafted.getFirst().required("projectId").asText();
        });
        String path = "/api/projects/" + projectId;
        steps.once("items", () -> {
            if (api.get(tokens.of(requester), path + "/items?limit=1").orFail("the items").required("items").isEmpty()) {
                api.postCsv(tokens.of(requester), path + "/items", items()).orFail("the import of items");
            }
        });
        steps.once("deposit", () -> {
            JsonNode cost = api.get(tokens.of(requester), path + "/cost").orFail("the cost");
            long missing = cost.required("missingMinor").asLong();
            if (missing > 0) {
                api.post(operator(), "/api/organisations/" + organisationId + "/deposits", "deposit-" + projectId,
                        Map.of("amountMinor", missing, "currency", options.currency(), "bankReference", "replay " + projectId)).orFail("the deposit");
            }
        });
        steps.once("publish", () -> {
            if (api.get(tokens.of(requester), path).orFail("the project").required("state").asText().equals("draft")) {
                api.post(tokens.of(requester), path + "/publish", "publish-" + projectId, Map.of()).orFail("publishing");
            }
        });
        return projectId;
    }

    private String operator() {
        return tokens.of(options.operator());
    }

    private ObjectNode draft() {
        ObjectNode draft = Api.JSON.createObjectNode().put("title", "Replay of " + log.name())
                .put("purpose", "To take real crowd work through the whole chain").put("guidelines", "As the log was made.")
                .put("currency", options.currency()).put("payRule", "piece").put("rewardMinor", options.rewardMinor())
                .put("estimateSeconds", options.estimateSeconds()).put("labelsWanted", 1).put("prefetchLimit", 200)
                .put("deadlineMinutes", 60 * 24 * 30).put("leaseMinutes", 60 * 24).put("origin", "log").put("logName", log.name());
        ArrayNode choices = draft.putObject("form").putArray("questions").addObject()
                .put("name", QUESTION).put("title", "Which label?").put("type", "choice").putArray("choices");
        log.choices().forEach(value -> choices.addObject().put("value", value).put("title", value));
        return draft;
    }

    /** With as many labels wanted of each item as rows of it are kept. Gold is not told: it only measures. */
    private String items() {
        Map<String, Long> wanted = sorted.kept().stream().collect(Collectors.groupingBy(LogRow::item, Collectors.counting()));
        List<String> columns = log.content().values().stream().flatMap(cells -> cells.keySet().stream()).distinct().toList();
        StringBuilder csv = new StringBuilder("key,labelsWanted,source");
        columns.forEach(column -> csv.append(",").append(cell(reserved(column) ? "content_" + column : column)));
        csv.append('\n');
        for (String item : log.items()) {
            StringJoiner row = new StringJoiner(",", "", "\n");
            row.add(cell(item)).add(String.valueOf(wanted.getOrDefault(item, 1L))).add(cell(log.name()));
            columns.forEach(column -> row.add(cell(log.content().get(item).getOrDefault(column, ""))));
            csv.append(row);
        }
        return csv.toString();
    }

    private static boolean reserved(String column) {
        return List.of("key", "labelsWanted", "gold", "source", "licence", "lawfulBasis", "group").contains(column);
    }

    private static String cell(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
