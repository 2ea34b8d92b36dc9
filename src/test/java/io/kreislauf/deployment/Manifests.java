package io.kreislauf.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What kustomize makes of a folder as far as ours need it: the resources of its base, its own, and JSON patches on them. */
final class Manifests {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Manifests() {
    }

    static List<JsonNode> of(Path folder) {
        var kustomization = read(folder.resolve("kustomization.yaml"));
        var all = new ArrayList<JsonNode>();
        for (var resource : kustomization.path("resources")) {
            var path = folder.resolve(resource.asText()).normalize();
            if (path.toFile().isDirectory()) {
                all.addAll(of(path));
            } else {
                all.add(read(path));
            }
        }
        for (var patch : kustomization.path("patches")) {
            var targets = all.stream().filter(manifest -> isMeant(patch.path("target"), manifest)).toList();
            if (targets.isEmpty()) {
                throw new IllegalStateException(folder + " patches what there is not: " + patch.path("target"));
            }
            targets.forEach(target -> parse(patch.path("patch").asText()).forEach(step -> apply(step, target)));
        }
        return all;
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not readable", e);
        }
    }

    private static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    private static boolean isMeant(JsonNode target, JsonNode manifest) {
        return target.path("kind").equals(manifest.path("kind")) && target.path("name").equals(manifest.at("/metadata/name"));
    }

    /** One operation of RFC 6902 on an object or a list. */
    private static void apply(JsonNode step, JsonNode manifest) {
        var path = step.required("path").asText();
        var name = path.substring(path.lastIndexOf('/') + 1);
        var parent = manifest.at(path.substring(0, path.lastIndexOf('/')));
        var operation = step.required("op").asText();
        if (!operation.equals("add") && manifest.at(path).isMissingNode()) {
            throw new IllegalStateException("there is nothing to " + operation + " at " + path);
        }
        if (parent instanceof ArrayNode list) {
            switch (operation) {
                case "remove" -> list.remove(Integer.parseInt(name));
                case "replace" -> list.set(Integer.parseInt(name), step.required("value"));
                default -> list.insert(name.equals("-") ? list.size() : Integer.parseInt(name), step.required("value"));
            }
        } else if (operation.equals("remove")) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).set(name, step.required("value"));
        }
    }
}
