package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One account for each worker of the log, which has agreed to being measured. */
final class Workers {

    private static final int BATCH = 50;

    private final Api api;
    private final Tokens tokens;
    private final Steps steps;
    private final Map<String, String> logins = new LinkedHashMap<>();
    private final Map<String, String> regions;

    Workers(Api api, Tokens tokens, Steps steps, CrowdLog log, Passwords passwords) {
        this.api = api;
        this.tokens = tokens;
        this.steps = steps;
        this.regions = log.workers();
        String prefix = slug(log.name());
        regions.keySet().forEach(worker -> {
            String login = "%s.w%04d".formatted(prefix, logins.size());
            logins.put(worker, login);
            tokens.know(login, passwords.of(login));
        });
    }

    static String slug(String name) {
        String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.length() <= 40 ? slug : slug.substring(0, 31) + "-" + Integer.toHexString(slug.hashCode());
    }

    String token(String worker) {
        return tokens.of(logins.get(worker));
    }

    int count() {
        return logins.size();
    }

    void provision(String operator, String logName, Passwords passwords) {
        steps.once("annotators", () -> {
            List<String> workers = List.copyOf(logins.keySet());
            for (int from = 0; from < workers.size(); from += BATCH) {
                List<String> batch = workers.subList(from, Math.min(from + BATCH, workers.size()));
                ArrayNode accounts = Api.JSON.createArrayNode();
                batch.forEach(worker -> {
                    ObjectNode account = accounts.addObject().put("login", logins.get(worker)).put("displayName", "Worker of " + logName)
                            .put("origin", "log").put("logName", logName).put("password", passwords.of(logins.get(worker)))
                            .put("region", regions.get(worker));
                    account.putArray("roles").add("annotator");
                });
                api.post(tokens.of(operator), "/api/people/batch", null, accounts).orFail("provisioning annotators");
                Progress.say("annotators provisioned: %d of %d", Math.min(from + BATCH, workers.size()), workers.size());
            }
        });
        steps.once("consents", () -> {
            List<Runnable> firstSignIns = new ArrayList<>();
            logins.keySet().forEach(worker -> firstSignIns.add(() -> {
                JsonNode consent = api.get(token(worker), "/api/me").orFail("the first sign-in of " + logins.get(worker)).required("consent");
                if (!consent.path("decision").asText("").equals("agreed")) {
                    api.post(token(worker), "/api/me/consent", null, Map.of("version", consent.required("version").asInt(), "decision", "agreed"))
                            .orFail("the consent of " + logins.get(worker));
                }
            }));
            Together.run(firstSignIns, 8, (done, all) -> Progress.say("annotators signed in: %d of %d", done, all));
        });
    }
}
