package io.kreislauf.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests for Kubernetes, with and without the patches of each overlay, against the model of its API. */
class ManifestsTest {

    private static final Path ROOT = Path.of("k8s");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(Deployment.class, Service.class, ServiceAccount.class, PersistentVolumeClaim.class,
            PodDisruptionBudget.class, NetworkPolicy.class, Ingress.class, HorizontalPodAutoscaler.class)
            .collect(Collectors.toMap(type -> HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type), Function.identity()));

    /** The model takes in what it does not know and keeps it beside; here that is a mistake. */
    private static final ObjectMapper STRICT = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated any) {
                    return false;
                }
            });

    @Test
    void everyKeyIsOneOfTheApis() throws IOException {
        for (Path folder : folders()) {
            for (JsonNode manifest : Manifests.of(folder)) {
                typed(manifest);
            }
        }
    }

    @Test
    void aMisspeltKeyWouldBeNoticed() throws IOException {
        JsonNode deployment = Manifests.read(ROOT.resolve("base/deployment.yaml"));
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("readynessProbe", "");
        assertEquals("readynessProbe", assertThrows(UnrecognizedPropertyException.class, () -> typed(deployment)).getPropertyName());
    }

    @Test
    void everyFileBelongsToAKustomization() throws IOException {
        try (var tree = Files.walk(ROOT)) {
            for (Path file : tree.filter(path -> path.toString().endsWith(".yaml") && !path.endsWith("kustomization.yaml")).toList()) {
                JsonNode resources = Manifests.read(file.resolveSibling("kustomization.yaml")).path("resources");
                assertTrue(Stream.of(resources).flatMap(list -> list.valueStream()).anyMatch(one -> one.asText().equals(file.getFileName().toString())), file.toString());
            }
        }
    }

    @Test
    void podsAreWatchedBoundedAndHaveNoMoreRightsThanTheyNeed() throws IOException {
        for (Path folder : folders()) {
            PodSpec pod = deployment(folder).getSpec().getTemplate().getSpec();
            assertTrue(pod.getSecurityContext().getRunAsNonRoot());
            assertTrue(pod.getSecurityContext().getRunAsUser() > 0);
            assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
            assertFalse(pod.getAutomountServiceAccountToken());
            for (Container container : pod.getContainers()) {
                for (var probe : List.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())) {
                    assertTrue(probe.getHttpGet().getPath().startsWith("/q/health/"));
                    assertTrue(container.getPorts().stream().anyMatch(port -> port.getName().equals(probe.getHttpGet().getPort().getStrVal())));
                }
                assertTrue(container.getResources().getRequests().keySet().containsAll(Set.of("cpu", "memory")));
                assertTrue(container.getResources().getLimits().containsKey("memory"));
                assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
                assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
                assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
                Set<String> volumes = pod.getVolumes().stream().map(volume -> volume.getName()).collect(Collectors.toSet());
                assertTrue(container.getVolumeMounts().stream().allMatch(mount -> volumes.contains(mount.getName())), "each mounted volume is there");
            }
        }
    }

    @Test
    void whatTheOverlaysChangeIsChanged() throws IOException {
        assertEquals("Recreate", deployment(ROOT.resolve("overlays/single")).getSpec().getStrategy().getType());
        assertEquals(null, deployment(ROOT.resolve("overlays/production")).getSpec().getReplicas(), "the autoscaler decides how many");
    }

    private static Deployment deployment(Path folder) throws IOException {
        return Manifests.of(folder).stream().filter(manifest -> manifest.path("kind").asText().equals("Deployment")).map(manifest -> {
            try {
                return (Deployment) typed(manifest);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }).findFirst().orElseThrow();
    }

    private static HasMetadata typed(JsonNode manifest) throws JsonProcessingException {
        String kind = manifest.path("apiVersion").asText() + " " + manifest.path("kind").asText();
        assertTrue(KINDS.containsKey(kind), () -> kind + " is not known");
        return STRICT.treeToValue(manifest, KINDS.get(kind));
    }

    private static List<Path> folders() throws IOException {
        try (var tree = Files.walk(ROOT)) {
            return tree.filter(path -> Files.exists(path.resolve("kustomization.yaml"))).toList();
        }
    }
}
