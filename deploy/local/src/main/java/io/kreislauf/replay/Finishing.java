package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** From labels to a released data set: approved, paid, released, closed. */
final class Finishing {

    private static final int ATTEMPTS = 120;

    private final Api api;
    private final Tokens tokens;
    private final Steps steps;

    Finishing(Api api, Tokens tokens, Steps steps) {
        this.api = api;
        this.tokens = tokens;
        this.steps = steps;
    }

    /** @return the released version's id */
    String finish(String requester, String projectId, String name, int labels) {
        String path = "/api/projects/" + projectId;
        awaitLabels(requester, path, labels);
        steps.once("approve", () -> {
            Progress.say("approving %d labels", labels);
            api.post(tokens.of(requester), path + "/approve-rest", "approve-" + projectId, Map.of()).orFail("the approval");
        });
        steps.once("payout", () -> {
            Progress.say("paying wages");
            api.post(tokens.of(requester), "/api/payouts", "payout-" + projectId, Map.of("projectId", projectId)).orFail("the payout");
        });
        String versionId = steps.once("release", () -> {
            Progress.say("releasing");
            return released(requester, path, name, projectId).required("versionId").asText();
        });
        steps.once("close", () -> {
            if (api.get(tokens.of(requester), path).orFail("the project").required("state").asText().equals("published")) {
                api.post(tokens.of(requester), path + "/close", "close-" + projectId, Map.of()).orFail("closing the project");
            }
        });
        return versionId;
    }

    /** Until every label has come through the topic into the working version, which is where the chain ends. */
    private void awaitLabels(String requester, String path, int labels) {
        steps.once("arrived", () -> {
            long there = -1;
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                there = api.get(tokens.of(requester), path + "/progress").orFail("the progress").path("labels").asLong();
                if (there >= labels) {
                    return;
                }
                Progress.say("labels through the topic: %d of %d", there, labels);
                Api.pause(1000);
            }
            throw new ReplayFailure("Only %d of %d labels have come through the topic".formatted(there, labels));
        });
    }

    private JsonNode released(String requester, String path, String name, String projectId) {
        for (int attempt = 1;; attempt++) {
            Api.Answer answer = api.post(tokens.of(requester), path + "/releases", "release-" + projectId, Map.of("name", name, "licences", 1));
            if (!"LABELS_ON_THEIR_WAY".equals(answer.code()) || attempt == ATTEMPTS) {
                return answer.orFail("the release");
            }
            Api.pause(1000);
        }
    }
}
