package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WorklogIT {

    private WorkFixture work;
    private TestPerson worker;

    @BeforeEach
    void aLogAndOneOfItsWorkers() throws SQLException {
        work = new WorkFixture(4, "\"labelsWanted\": 1, \"origin\": \"log\", \"logName\": \"a-log\"");
        worker = TestPeople.annotator("KE");
        try (var connection = TestDatabase.asOwner();
             var mark = connection.prepareStatement("update person set origin = 'log', log_name = 'a-log' where person_id = ?")) {
            mark.setObject(1, worker.personId());
            mark.executeUpdate();
        }
    }

    private ValidatableResponse send(String rows) {
        return as(work.requester).body("[" + rows + "]").post("/api/projects/{id}/worklog", work.projectId).then();
    }

    private static String row(String submissionId, String from, String to) {
        return "{\"submissionId\": \"%s\", \"startedAt\": \"2010-04-14T%sZ\", \"submittedAt\": \"2010-04-14T%sZ\"}".formatted(submissionId, from, to);
    }

    @Test
    void aSecondInTwoTasksBelongsToTheOneSubmittedFirstAndIsBookedOnce() {
        String first = work.label(worker, "pos");
        String second = work.label(worker, "neg");
        String rows = row(second, "20:00:00", "20:03:00") + "," + row(first, "20:01:00", "20:02:00");
        send(rows).statusCode(201).body("askedMillis", equalTo(240_000)).body("bookedMillis", equalTo(180_000)).body("cut", hasSize(1))
                .body("cut[0].submissionId", equalTo(second)).body("cut[0].bookedMillis", equalTo(120_000));
        assertEquals(180_000, work.books.declaredMillis(TimeClass.DIRECT));
        send(rows).statusCode(201).body("bookedMillis", equalTo(0)).body("cut", hasSize(2));
        assertEquals(180_000, work.books.declaredMillis(TimeClass.DIRECT), "a replay that is resumed doubles nothing");
        as(worker).get("/api/me/intervals?day=2010-04-14").then().statusCode(200).body("items", hasSize(3)).body("items[0].source", equalTo("log"));
    }

    @Test
    void undatedTimesAreLaidEndToEndAndAGroupsTimeIsBookedOnce() {
        String[] labels = {work.label(worker, "pos"), work.label(worker, "neg"), work.label(worker, "pos")};
        send("""
                {"submissionId": "%s", "workMillis": 60000}, {"submissionId": "%s", "workMillis": 30001, "group": "hit"},
                {"submissionId": "%s", "workMillis": 30001, "group": "hit"}
                """.formatted((Object[]) labels)).statusCode(201).body("bookedMillis", equalTo(90_001));
        assertEquals(90_001, work.books.declaredMillis(TimeClass.DIRECT));
    }

    @Test
    void anAnswerThatDoesNotFitHasItsTimeBookedAsReturned() {
        var claim = work.claimed(worker, 1);
        as(worker).body("{\"fencingVersion\": %s}".formatted(claim.<Object>get("claims[0].fencingVersion")))
                .post("/api/claims/{id}/return", claim.getString("claims[0].claimId")).then().statusCode(200);
        send("{\"claimId\": \"%s\", \"workMillis\": 5000}".formatted(claim.getString("claims[0].claimId"))).statusCode(201);
        assertEquals(5_000, work.books.declaredMillis(TimeClass.RETURNED));
    }

    @Test
    void onlyALogsOwnWorkersWorkOnIt() throws SQLException {
        work.claim(TestPeople.annotator("KE"), 1).statusCode(404);
        var other = new WorkFixture(1, "");
        other.claim(worker, 1).statusCode(404);
        as(other.requester).body("[]").post("/api/projects/{id}/worklog", other.projectId).then().statusCode(409).body("code", equalTo("NOT_A_LOG"));
    }

    @Test
    void timesThatCannotBeAreNamed() {
        String label = work.label(worker, "pos");
        send(row(label, "20:03:00", "20:00:00")).statusCode(422).body("field", equalTo("[0].startedAt"));
        send("{\"submissionId\": \"%s\", \"workMillis\": 1, \"submittedAt\": \"2999-01-01T00:00:00Z\"}".formatted(label)).statusCode(422)
                .body("field", equalTo("[0].submittedAt"));
        send("{\"submissionId\": \"00000000-0000-0000-0000-000000000001\"}").statusCode(404);
        assertEquals(0, work.books.declaredMillis(TimeClass.DIRECT));
    }
}
