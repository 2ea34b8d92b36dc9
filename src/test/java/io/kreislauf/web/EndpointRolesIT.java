package io.kreislauf.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.kreislauf.people.Roles;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Walks every endpoint with every role and with no token, and holds the reference page to what the code says. */
@QuarkusTest
class EndpointRolesIT {

    /** @param roles who may call it; empty: everybody, also without a token */
    record Endpoint(String method, String path, Set<String> roles, String consumes) {
        String line() {
            return "| %s | `%s` | %s |".formatted(method, path, roles.isEmpty() ? "everybody" : String.join(", ", roles));
        }
    }

    @Test
    void eachEndpointAnswersItsRolesAndNobodyElse() throws Exception {
        var organisation = TestPeople.organisation("manufacturer");
        Map<String, String> tokens = new TreeMap<>();
        for (String role : Roles.ALL) {
            boolean acts = Set.of(Roles.REQUESTER, Roles.REVIEWER).contains(role);
            tokens.put(role, TestPeople.person(role, acts ? organisation : null).token());
        }
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : endpoints()) {
            String path = endpoint.path().replaceAll("\\{[^}]*}", "00000000-0000-7000-8000-000000000000");
            int without = call(endpoint, given(), path);
            if (endpoint.roles().isEmpty() ? without == 401 || without == 403 : without != 401) {
                wrong.add(endpoint.line() + " without a token: " + without);
            }
            tokens.forEach((role, token) -> {
                int status = call(endpoint, given().auth().oauth2(token), path);
                boolean allowed = endpoint.roles().isEmpty() || endpoint.roles().contains(role);
                if (!allowed && status != 403 || allowed && status == 401 || status >= 500) {
                    wrong.add(endpoint.line() + " as " + role + ": " + status);
                }
            });
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void theReferencePageListsWhatThereIs() throws Exception {
        String table = endpoints().stream().map(Endpoint::line).collect(Collectors.joining("\n"));
        var page = java.nio.file.Path.of("docs/reference/endpoints.md");
        String written = Files.exists(page) ? Files.readString(page) : "";
        Files.createDirectories(java.nio.file.Path.of("target"));
        Files.writeString(java.nio.file.Path.of("target/endpoints.md"), """
                # Endpoints and who may call them

                Each is described in full at `/q/openapi`. What is not the caller's answers 404 as if it did not exist.

                | method | path | roles |
                |---|---|---|
                """ + table + "\n");
        assertTrue(written.contains(table), "docs/reference/endpoints.md is not what the code says; target/endpoints.md is.");
    }

    private static int call(Endpoint endpoint, RequestSpecification request, String path) {
        request = request.redirects().follow(false);
        if (!Set.of("GET", "DELETE").contains(endpoint.method())) {
            request = request.config(RestAssured.config().encoderConfig(EncoderConfig.encoderConfig()
                            .encodeContentTypeAs("application/x-ndjson", ContentType.TEXT)))
                    .contentType(endpoint.consumes()).body(endpoint.consumes().endsWith("json") ? "{}" : "x\n");
        }
        return request.request(endpoint.method(), path).statusCode();
    }

    private static List<Endpoint> endpoints() {
        List<Endpoint> found = new ArrayList<>();
        var ours = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.kreislauf");
        for (JavaClass resource : ours) {
            if (!resource.isAnnotatedWith(Path.class) || resource.getName().endsWith("SignInResource")) {
                continue;
            }
            for (JavaMethod method : resource.getMethods()) {
                method.getAnnotations().stream()
                        .map(a -> a.getRawType().tryGetAnnotationOfType(HttpMethod.class))
                        .flatMap(java.util.Optional::stream)
                        .findFirst()
                        .ifPresent(http -> found.add(new Endpoint(http.value(), path(resource, method), roles(resource, method), consumes(resource, method))));
            }
        }
        found.sort(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method));
        return found;
    }

    private static String path(JavaClass resource, JavaMethod method) {
        String base = resource.getAnnotationOfType(Path.class).value();
        String rest = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        String path = (base + "/" + rest).replaceAll("//+", "/").replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Set<String> roles(JavaClass resource, JavaMethod method) {
        if (method.isAnnotatedWith(PermitAll.class)) {
            return Set.of();
        }
        return method.tryGetAnnotationOfType(RolesAllowed.class)
                .or(() -> resource.tryGetAnnotationOfType(RolesAllowed.class))
                .map(allowed -> (Set<String>) new TreeSet<>(Set.of(allowed.value())))
                .orElse(Set.of());
    }

    private static String consumes(JavaClass resource, JavaMethod method) {
        return method.tryGetAnnotationOfType(Consumes.class)
                .or(() -> resource.tryGetAnnotationOfType(Consumes.class))
                .map(c -> c.value()[0]).orElse("application/json");
    }
}
