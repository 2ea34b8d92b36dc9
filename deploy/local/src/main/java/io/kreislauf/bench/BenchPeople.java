package io.kreislauf.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** A requester with money, and annotators with tokens, made through the front door; projects of theirs with any number of open slots. */
final class BenchPeople {

    /** Labels wanted of each item. */
    static final int OVERLAP = 10;
    private static final String PASSWORD = "bench-" + UUID.randomUUID();

    /** An annotator who has agreed to being measured. */
    record Annotator(UUID personId, String login, String token) {}

    private final BenchHttp http;
    private final String operator;
    private final String log = "bench-" + Long.toString(System.currentTimeMillis(), 36);
    private final String organisationId;
    private final String requester;

    BenchPeople(BenchHttp http, String operatorLogin, String operatorPassword) {
        this.http = http;
        this.operator = http.token(operatorLogin, operatorPassword);
        var organisation = http.post(operator, "/api/organisations", "{\"name\": \"%s\", \"kind\": \"manufacturer\"}".formatted(log));
        this.organisationId = (organisation.has("id") ? organisation.get("id") : organisation.required("organisationId")).asText();
        http.post(operator, "/api/people", "{\"login\": \"%s.requester\", \"roles\": [\"requester\", \"reviewer\"], \"organisationId\": \"%s\", \"password\": \"%s\"}"
                .formatted(log, organisationId, PASSWORD));
        this.requester = http.token(log + ".requester", PASSWORD);
    }

    List<Annotator> annotators(int count) throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Annotator>> arrivals = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String login = "%s.w%03d".formatted(log, i);
                arrivals.add(() -> {
                    String id = http.post(operator, "/api/people", """
                            {"login": "%s", "roles": ["annotator"], "origin": "log", "logName": "%s", "password": "%s", "region": "KE"}
                            """.formatted(login, log, PASSWORD)).required("personId").asText();
                    String token = http.token(login, PASSWORD);
                    int version = http.get(token, "/api/me").required("consent").required("version").asInt();
                    http.post(token, "/api/me/consent", "{\"version\": %d, \"decision\": \"agreed\"}".formatted(version));
                    return new Annotator(UUID.fromString(id), login, token);
                });
            }
            List<Annotator> annotators = new ArrayList<>();
            for (var arrival : threads.invokeAll(arrivals)) {
                annotators.add(arrival.get());
                if (annotators.size() % 50 == 0) {
                    ClaimsBench.say("annotators: %d of %d", annotators.size(), count);
                }
            }
            return annotators;
        }
    }

    /** The same people with new tokens, good for another half hour. */
    List<Annotator> renewed(List<Annotator> annotators) {
        return annotators.stream().map(a -> new Annotator(a.personId, a.login, http.token(a.login, PASSWORD))).toList();
    }

    /** A published project with so many open slots. */
    UUID project(int slots) {
        http.post(operator, "/api/organisations/" + organisationId + "/deposits",
                "{\"amountMinor\": %d, \"currency\": \"USD\", \"bankReference\": \"%s\"}".formatted(slots, UUID.randomUUID()));
        String projectId = http.post(requester, "/api/projects", """
                {"title": "Bench", "purpose": "To measure", "guidelines": "None", "currency": "USD", "rewardMinor": 1, "estimateSeconds": 10, "labelsWanted": %d,
                 "origin": "log", "logName": "%s", "form": {"questions": [{"name": "q", "title": "?", "choices": [
                   {"value": "a", "title": "A"}, {"value": "b", "title": "B"}]}]}}
                """.formatted(OVERLAP, log)).required("projectId").asText();
        StringBuilder csv = new StringBuilder("key,text\n");
        for (int i = 0; i < slots / OVERLAP; i++) {
            csv.append("k").append(i).append(",text ").append(i).append('\n');
        }
        http.postCsv(requester, "/api/projects/" + projectId + "/items", csv.toString());
        http.post(requester, "/api/projects/" + projectId + "/publish", "{}");
        ClaimsBench.say("a project with %,d open slots", slots);
        return UUID.fromString(projectId);
    }
}
