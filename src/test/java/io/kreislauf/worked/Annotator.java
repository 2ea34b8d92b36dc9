package io.kreislauf.worked;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One of the thirty: a signed-in page, the tasks it holds, and the submissions it made. */
final class Annotator {

    /** A task as it was claimed. */
    record Held(String claimId, long fencingVersion) {}

    final int number;
    final UUID personId;
    final List<String> submissions = new ArrayList<>();

    private final Front front;
    private final UUID tab = UUID.randomUUID();
    private List<Held> held = List.of();
    private String attempt;

    Annotator(int number, UUID personId, Front front) {
        this.number = number;
        this.personId = personId;
        this.front = front;
    }

    /** The page is there, and nothing is before the annotator. */
    void look() {
        say("{\"kind\": \"hidden\", \"agoMillis\": 0}");
    }

    /** The list of tasks was open, up to now. */
    void search(String projectId) {
        outside("search", projectId);
    }

    /** The test was open, up to now. */
    void learn(String projectId) {
        outside("qualification", projectId);
    }

    void beginTest(String qualificationId, String projectId) {
        attempt = front.post("/api/qualifications/%s/attempts".formatted(qualificationId), Map.of("projectId", projectId)).get("attemptId").asText();
    }

    void handInTest() {
        front.post("/api/qualifications/attempts/%s/submit".formatted(attempt), Map.of("answers", List.of(Map.of("mood", "good"))));
    }

    private void outside(String kind, String projectId) {
        say("{\"kind\": \"%s\", \"projectId\": \"%s\", \"agoMillis\": %d}, {\"kind\": \"hidden\", \"agoMillis\": 0}"
                .formatted(kind, projectId, ThirtyAnnotators.beatMillis()));
    }

    /** The first of the held tasks was open, up to now. */
    void work() {
        say("{\"kind\": \"shown\", \"claimId\": \"%s\", \"agoMillis\": %d}, {\"kind\": \"hidden\", \"agoMillis\": 0}"
                .formatted(held.getFirst().claimId(), ThirtyAnnotators.beatMillis()));
    }

    private void say(String states) {
        front.post("/api/observations", "{\"tab\": \"%s\", \"states\": [%s]}".formatted(tab, states));
    }

    void claim(String projectId, List<String> itemKeys) {
        List<Held> taken = new ArrayList<>();
        for (JsonNode claim : front.post("/api/claims", Map.of("projectId", projectId, "itemKeys", itemKeys)).get("claims")) {
            taken.add(new Held(claim.get("claimId").asText(), claim.get("fencingVersion").asLong()));
        }
        held = taken;
    }

    void giveBack() {
        Held first = next();
        front.post("/api/claims/%s/return".formatted(first.claimId()), Map.of("fencingVersion", first.fencingVersion(), "reason", "Not mine."));
    }

    void submit() {
        Held first = next();
        submissions.add(front.post("/api/claims/%s/submit".formatted(first.claimId()), Map.of("fencingVersion", first.fencingVersion(), "formVersion", 1,
                "answer", Map.of("mood", "good"))).get("submissionId").asText());
    }

    private Held next() {
        Held first = held.getFirst();
        held = held.subList(1, held.size());
        return first;
    }
}
