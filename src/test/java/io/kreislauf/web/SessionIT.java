package io.kreislauf.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What a signed-in browser holds, and what a change needs that it sends. */
@QuarkusTest
class SessionIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    String address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    URI identityProvider;

    @Test
    void noScriptSeesATokenAndNoCookieIsAReadableOne() throws Exception {
        TestPerson annotator = TestPeople.annotator("KE");
        assertTrue(holdsReadableToken(annotator.token()), "a token would be seen");
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(annotator.user());
            page.locator("select.language").selectOption("de");
            String stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])").toString();
            assertTrue(stored.contains("kreislauf.language"), "what pages keep is seen");
            assertFalse(stored.contains("eyJ") || stored.toLowerCase().matches(".*(token|secret|password|session).*"), stored);
            assertEquals(0, page.evaluate("async () => (await indexedDB.databases()).length"));
            assertEquals("", page.evaluate("document.cookie"), "what page scripts read");
            List<Cookie> cookies = ours(page);
            assertTrue(cookies.stream().anyMatch(cookie -> cookie.name.startsWith("q_session")), "the session's cookie is among them");
            assertTrue(cookies.stream().map(cookie -> object(cookie.value.split("\\.")[0])).anyMatch(header -> header.has("enc")), "it is encrypted");
            for (Cookie cookie : cookies) {
                assertTrue(cookie.httpOnly, cookie.name);
                assertTrue(Set.of(SameSiteAttribute.LAX, SameSiteAttribute.STRICT).contains(cookie.sameSite), cookie.name);
                assertFalse(holdsReadableToken(cookie.value), cookie.name);
            }
        }
    }

    @Test
    void aChangeOfTheSignedInBrowserNeedsTheHeader() throws Exception {
        TestPerson annotator = TestPeople.person("annotator", null);
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(annotator.user());
            JsonNode refused = agreed(page, Map.of());
            assertEquals(403, refused.path("status").asInt(), refused::toString);
            assertEquals(ProblemDetails.MEDIA_TYPE, refused.path("type").asText().split(";")[0]);
            JsonNode problem = JSON.readTree(refused.path("body").asText());
            assertEquals("CSRF", problem.path("code").asText());
            assertTrue(problem.path("remedy").asText().contains(CookieChanges.HEADER), problem::toString);
            given().auth().oauth2(annotator.token()).get("/api/me").then().statusCode(200).body("consent.decision", equalTo(null));
            JsonNode accepted = agreed(page, Map.of(CookieChanges.HEADER, "1"));
            assertEquals(200, accepted.path("status").asInt(), accepted::toString);
            given().auth().oauth2(annotator.token()).get("/api/me").then().statusCode(200).body("consent.decision", equalTo("agreed"));
        }
    }

    /** The answer to a change sent by the page itself, with its cookies and these headers. */
    private static JsonNode agreed(Page page, Map<String, String> headers) throws JsonProcessingException {
        return JSON.readTree(page.evaluate("""
                async (headers) => {
                  const answer = await fetch('/api/me/consent', { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers },
                                                                  body: JSON.stringify({ version: 1, decision: 'agreed' }) });
                  return JSON.stringify({ status: answer.status, type: answer.headers.get('Content-Type'), body: await answer.text() });
                }
                """, headers).toString());
    }

    /** All cookies but those that the identity provider sets for itself: it has the same host here, and a path of its own. */
    private List<Cookie> ours(Page page) {
        return page.context().cookies().stream().filter(cookie -> !cookie.path.startsWith(identityProvider.getPath())).toList();
    }

    /** Whether a part of it is the header of a signed, not encrypted token (RFC 7515: alg; RFC 7516: enc too). */
    private static boolean holdsReadableToken(String value) {
        return Stream.of(value.split("[^A-Za-z0-9_-]")).map(SessionIT::object).anyMatch(part -> part.has("alg") && !part.has("enc"));
    }

    /** What the part says if it is JSON in base64url. */
    private static JsonNode object(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException | IOException notJson) {
            return JSON.createObjectNode();
        }
    }
}
