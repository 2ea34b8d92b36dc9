package io.kreislauf.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.testing.ApplicationProcesses;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** A requester with a published project, and annotators who have agreed to being measured. */
record Installed(UUID projectId, String requester, String operator, List<Annotator> annotators) {

    static final long REWARD_MINOR = 3;

    /** Values of the one question, many enough that two labels seldom say the same. */
    static final int CHOICES = 20;

    record Annotator(UUID personId, String token) {}

    static Installed on(ApplicationProcesses processes, Front front, Plan plan) throws Exception {
        String operator = processes.operator();
        String organisationId = front.done(operator, "/api/organisations", "application/json", "{\"name\": \"History\", \"kind\": \"manufacturer\"}").required("id").asText();
        front.done(operator, "/api/people", "application/json", """
                {"login": "h.requester", "roles": ["requester"], "organisationId": "%s", "password": "h.requester"}
                """.formatted(organisationId));
        String requester = processes.token("h.requester", "h.requester");
        front.done(operator, "/api/organisations/" + organisationId + "/deposits", "application/json", """
                {"amountMinor": %d, "currency": "USD", "bankReference": "history"}
                """.formatted(plan.slots() * REWARD_MINOR));
        String projectId = published(front, requester, plan);
        return new Installed(UUID.fromString(projectId), requester, operator, annotators(processes, front, operator, plan.annotators()));
    }

    private static String published(Front front, String requester, Plan plan) throws Exception {
        StringBuilder choices = new StringBuilder();
        for (int i = 0; i < CHOICES; i++) {
            choices.append(i == 0 ? "" : ", ").append("{\"value\": \"v%d\", \"title\": \"V%d\"}".formatted(i, i));
        }
        String projectId = front.done(requester, "/api/projects", "application/json", """
                {"title": "History", "purpose": "To test", "guidelines": "None", "currency": "USD", "rewardMinor": %d, "estimateSeconds": 10, "labelsWanted": %d,
                 "prefetchLimit": 60, "itemsNamedBy": "annotators", "form": {"questions": [{"name": "q", "title": "?", "choices": [%s]}]}}
                """.formatted(REWARD_MINOR, plan.overlap(), choices)).required("projectId").asText();
        StringBuilder csv = new StringBuilder("key,text\n");
        for (int i = 0; i < plan.items(); i++) {
            csv.append("k").append(i).append(",text ").append(i).append('\n');
        }
        front.done(requester, "/api/projects/" + projectId + "/items", "text/csv; charset=UTF-8", csv.toString());
        front.done(requester, "/api/projects/" + projectId + "/publish", "application/json", "{}");
        return projectId;
    }

    private static List<Annotator> annotators(ApplicationProcesses processes, Front front, String operator, int count) throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Annotator>> arrivals = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String login = "h.annotator%d".formatted(i);
                arrivals.add(() -> {
                    JsonNode person = front.done(operator, "/api/people", "application/json", """
                            {"login": "%s", "roles": ["annotator"], "password": "%s", "region": "KE"}
                            """.formatted(login, login));
                    String token = processes.token(login, login);
                    int version = front.get(token, "/api/me").body().required("consent").required("version").asInt();
                    front.done(token, "/api/me/consent", "application/json", "{\"version\": %d, \"decision\": \"agreed\"}".formatted(version));
                    return new Annotator(UUID.fromString(person.required("personId").asText()), token);
                });
            }
            List<Annotator> annotators = new ArrayList<>();
            for (var arrival : threads.invokeAll(arrivals)) {
                annotators.add(arrival.get());
            }
            return annotators;
        }
    }
}
