package io.kreislauf.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The image and the compose file, read without an engine: what they name is there, pinned, and the same as in the manifests. */
class ContainersTest {

    private static final Path FOLDER = Path.of("deploy", "container");
    private static final Set<String> INSTRUCTIONS = Set.of("FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "ENTRYPOINT");
    private static final Pattern PINNED = Pattern.compile("[a-z0-9.-]+(/[a-z0-9._-]+)+:(?!latest)[A-Za-z0-9._-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

    private record Instruction(String name, List<String> words) {

        String last() {
            return words.getLast();
        }
    }

    private static List<Instruction> instructions() throws IOException {
        var all = new ArrayList<Instruction>();
        for (String line : Files.readString(FOLDER.resolve("Containerfile")).replace("\\\n", " ").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                List<String> words = List.of(line.strip().split("\\s+"));
                all.add(new Instruction(words.getFirst(), words.subList(1, words.size())));
            }
        }
        return all;
    }

    @Test
    void theImageIsMadeFromPinnedImagesAndFilesThatAreThere() throws IOException {
        Set<String> stages = new HashSet<>();
        for (Instruction one : instructions()) {
            assertTrue(INSTRUCTIONS.contains(one.name()), one.toString());
            if (one.name().equals("FROM")) {
                assertTrue(PINNED.matcher(one.words().getFirst()).matches(), one.toString());
                assertTrue(one.words().size() == 1 || one.words().get(1).equals("AS") && stages.add(one.last()), one.toString());
            } else if (one.name().equals("COPY") && one.words().getFirst().startsWith("--from=")) {
                assertTrue(stages.contains(one.words().getFirst().substring("--from=".length())), one.toString());
            } else if (one.name().equals("COPY")) {
                one.words().subList(0, one.words().size() - 1).forEach(source -> assertTrue(Files.exists(Path.of(source)), source));
            }
        }
    }

    @Test
    void itRunsAsTheUserAndOnThePortThatTheManifestsName() throws IOException {
        JsonNode pod = Manifests.read(Path.of("k8s", "base", "deployment.yaml")).at("/spec/template/spec");
        assertEquals(pod.at("/securityContext/runAsUser").asText(), last("USER"));
        assertEquals(pod.at("/containers/0/ports/0/containerPort").asText(), last("EXPOSE"));
        assertEquals(pod.at("/containers/0/volumeMounts/0/mountPath").asText(), last("VOLUME"));
        String entry = instructions().stream().filter(one -> one.name().equals("ENTRYPOINT")).map(one -> String.join(" ", one.words())).findFirst().orElseThrow();
        assertTrue(new ObjectMapper().readTree(entry).isArray(), "signals reach the program, not a shell");
    }

    private static String last(String name) throws IOException {
        return instructions().stream().filter(one -> one.name().equals(name)).reduce((_, later) -> later).orElseThrow().last();
    }

    @Test
    void theComposeFileNamesWhatIsThere() throws IOException {
        JsonNode compose = Manifests.read(FOLDER.resolve("compose.yaml"));
        Set<String> told = Files.readAllLines(FOLDER.resolve("example.env")).stream().filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('='))).collect(Collectors.toSet());
        VARIABLE.matcher(compose.toString()).results().forEach(found -> assertTrue(told.contains(found.group(1)), found.group(1) + " is not in example.env"));
        for (JsonNode service : compose.required("services")) {
            if (service.has("build")) {
                assertTrue(Files.exists(FOLDER.resolve(service.at("/build/context").asText()).resolve(service.at("/build/dockerfile").asText())));
            } else {
                assertTrue(PINNED.matcher(service.required("image").asText()).matches(), service.required("image").asText());
            }
            service.path("depends_on").fieldNames().forEachRemaining(other -> assertTrue(compose.required("services").has(other), other));
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":")[0];
                assertTrue(source.startsWith(".") ? Files.exists(FOLDER.resolve(source)) : compose.required("volumes").has(source), source);
            }
        }
    }
}
