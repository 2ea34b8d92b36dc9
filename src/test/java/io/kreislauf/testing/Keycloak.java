package io.kreislauf.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Keycloak's REST interface, as far as tests need it, spoken directly: what is tested must not be what makes the test's people. */
final class Keycloak {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Representations of roles by address, which has the realm in it: they never change. */
    private static final Map<String, String> ROLES = new ConcurrentHashMap<>();

    private final String url;
    private final String token;

    private Keycloak(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** As the administrator of the whole server, for whom realms are made and deleted. */
    static Keycloak administrator(RunningStack stack) {
        return new Keycloak(stack.get("keycloak.url"), grant(stack.get("keycloak.url") + "/realms/master", Map.of(
                "grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", stack.get("keycloak.admin.password"))));
    }

    /** As the client that provisions people in one realm. */
    static Keycloak provisioning(String url, String realm, String clientId, String secret) {
        return new Keycloak(url, Tokens.of(url + "/realms/" + realm, Map.of(
                "grant_type", "client_credentials", "client_id", clientId, "client_secret", secret)));
    }

    /** An access token; {@code form} says by which grant. */
    static String grant(String realmUrl, Map<String, String> form) {
        var body = form.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(URI.create(realmUrl + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return json(send(request, 200)).get("access_token").asText();
    }

    void createRealm(String document) {
        send(to("/admin/realms").POST(HttpRequest.BodyPublishers.ofString(document)).build(), 201);
    }

    void deleteRealm(String realm) {
        send(to("/admin/realms/" + realm).DELETE().build(), 204, 404);
    }

    /** Makes a user with a lasting password and returns its id, which tokens carry as {@code sub}. */
    String createUser(String realm, String login, String password) {
        var document = JSON.createObjectNode().put("username", login).put("enabled", true);
        document.putArray("credentials").addObject().put("type", "password").put("value", password).put("temporary", false);
        var location = send(to("/admin/realms/" + realm + "/users").POST(HttpRequest.BodyPublishers.ofString(document.toString())).build(), 201)
                .headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void addRole(String realm, String userId, String role) {
        var representation = ROLES.computeIfAbsent(url + "/admin/realms/" + realm + "/roles/" + role, _ ->
                send(to("/admin/realms/" + realm + "/roles/" + role).GET().build(), 200).body());
        send(to("/admin/realms/" + realm + "/users/" + userId + "/role-mappings/realm")
                .POST(HttpRequest.BodyPublishers.ofString("[" + representation + "]")).build(), 204);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest request, Integer... expected) {
        try {
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            for (int status : expected) {
                if (response.statusCode() == status) {
                    return response;
                }
            }
            throw new IllegalStateException("%s %s: %d %s".formatted(request.method(), request.uri(), response.statusCode(), response.body()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("%s %s failed".formatted(request.method(), request.uri()), e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
