package io.kreislauf.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Holds the committed OpenAPI document, from which the pages' types are generated, to what the application serves. */
@QuarkusTest
class OpenApiIT {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void theCommittedDocumentIsWhatIsServed() throws Exception {
        TreeMap<?, ?> served = served();
        Files.createDirectories(Path.of("target"));
        String written = JSON.writeValueAsString(served) + "\n";
        Files.writeString(Path.of("target/openapi.json"), written);
        Path committed = Path.of("src/main/webui/src/api/openapi.json");
        assertTrue(Files.exists(committed) && written.equals(Files.readString(committed)),
                "src/main/webui/src/api/openapi.json is not what is served; target/openapi.json is. Copy it, then npm run generate-types.");
    }

    /** Two classes of one name would be told apart by a number, which another build may give to the other. */
    @Test
    void eachSchemaHasANameOfItsOwn() throws Exception {
        TreeMap<?, ?> components = JSON.convertValue(served().get("components"), TreeMap.class);
        List<String> numbered = JSON.convertValue(components.get("schemas"), TreeMap.class).keySet().stream()
                .map(Object::toString).filter(name -> ((String) name).matches(".*\\d")).toList();
        assertEquals(List.of(), numbered);
    }

    /** Without the address of the identity provider, which is the installation's. */
    private static TreeMap<?, ?> served() throws Exception {
        TreeMap<?, ?> document = JSON.readValue(given().get("/q/openapi?format=json").then().statusCode(200).extract().asString(), TreeMap.class);
        ((Map<?, ?>) document.get("components")).remove("securitySchemes");
        return document;
    }
}
