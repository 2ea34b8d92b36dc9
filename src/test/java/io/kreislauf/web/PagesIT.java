package io.kreislauf.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PagesIT {

    @Test
    void nobodyIsSentElsewhereAfterSigningIn() {
        given().redirects().follow(false).get("/login?to=/tasks").then().statusCode(302)
                .header("Location", containsString("/protocol/openid-connect/auth"));
    }

    @Test
    void aScriptWithoutASessionGetsAProblemAndNoRedirect() {
        given().header("X-Requested-With", "JavaScript").redirects().follow(false).get("/api/me").then().statusCode(401);
        given().redirects().follow(false).get("/api/me").then().statusCode(not(equalTo(200)));
    }

    @Test
    void everyAnswerCarriesTheSecurityHeadersAndNoApiAnswerIsKept() {
        given().get("/q/health/ready").then().header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
        given().header("Authorization", "Bearer nonsense").get("/api/me").then().statusCode(401).header("Cache-Control", "no-store");
    }

    @Test
    void anUnknownAddressIsAProblemWithARemedy() {
        given().get("/api/nothing-here").then().statusCode(404);
    }
}
