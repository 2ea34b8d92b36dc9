package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;

import io.kreislauf.testing.TestPeople.TestPerson;
import io.restassured.response.ValidatableResponse;
import java.util.Map;

/** What reviewers say of work and of time that is declared, and annotators against it. */
final class Verdicts {

    private Verdicts() {}

    static ValidatableResponse approve(TestPerson by, String submissionId) {
        return as(by).post("/api/submissions/{id}/approve", submissionId).then();
    }

    static ValidatableResponse reject(TestPerson by, String submissionId, String reason) {
        return as(by).body(Map.of("reason", reason)).post("/api/submissions/{id}/reject", submissionId).then();
    }

    static ValidatableResponse appeal(TestPerson annotator, String submissionId, String reason) {
        return as(annotator).body(Map.of("reason", reason)).post("/api/submissions/{id}/appeal", submissionId).then();
    }

    static ValidatableResponse decideAppeal(TestPerson by, String appealId, boolean won, String reason) {
        return as(by).body(Map.of("won", won, "reason", reason)).post("/api/appeals/{id}/decide", appealId).then();
    }

    /** The annotator declares more time, or less than nothing: having been away. */
    static ValidatableResponse correct(TestPerson annotator, String claimId, long millis, String reason) {
        return as(annotator).body(Map.of("millis", millis, "reason", reason)).post("/api/claims/{id}/corrections", claimId).then();
    }

    static ValidatableResponse decideDeclared(TestPerson by, String declarationId, boolean approved) {
        return as(by).body(Map.of("approved", approved)).post("/api/declarations/{id}/decide", declarationId).then();
    }
}
