package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The advertised wage is one figure wherever it is shown: reward or hourly rate, with the supplement. */
@QuarkusTest
class AdvertisedWageIT {

    /** As few as a researcher may see. */
    private static final int PEOPLE = 10;

    @Test
    void whatAResearcherReadsIsWhatAnnotatorsWereTold() throws SQLException {
        List<TestPerson> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(TestPeople.annotator("KE"));
        }
        isEverywhere(840, new WorkFixture(PEOPLE, "\"rewardMinor\": 25, \"estimateSeconds\": 150, \"labelsWanted\": 1, \"extraPay\": {\"hazardMinor\": 10}"), people);
        isEverywhere(1440, new WorkFixture(PEOPLE, """
                "payRule": "hour", "rewardMinor": 1200, "estimateSeconds": 150, "reserveMinor": 1000, "labelsWanted": 1, "extraPay": {"hazardMinor": 10}"""), people);
    }

    private static void isEverywhere(int minorPerHour, WorkFixture work, List<TestPerson> people) throws SQLException {
        as(people.getFirst()).get("/api/tasks/{id}", work.projectId).then().statusCode(200).body("advertisedMinorPerHour", equalTo(minorPerHour));
        for (TestPerson person : people) {
            WorkFixture.Held held = work.take(person);
            UUID tab = UUID.randomUUID();
            heartbeat(person, tab, state("shown", held.id(), 0)).statusCode(200);
            TestClock.advance(Duration.ofSeconds(20));
            work.submit(person, held, "pos").statusCode(200);
        }
        as(TestPeople.person("researcher", null)).get("/api/reports/wages?by=region&currency=USD&project={id}", work.projectId).then().statusCode(200)
                .body("all.annotators", equalTo(PEOPLE)).body("all.advertisedMinorPerHour", equalTo(minorPerHour)).body("measures", hasItem("ADVERTISED_WAGE v2"));
        as(work.requester).get("/api/circuit/projects/{id}", work.projectId).then().statusCode(200)
                .body("figures.find { it.key == 'wage.advertised' }.value", equalTo(minorPerHour));
    }
}
