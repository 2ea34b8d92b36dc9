package io.kreislauf.web.openapi;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** An answer that creates something has the status that its method declares; the scanner supposes 200. */
final class AnswerStatus {

    private static final String DECLARED = "org.jboss.resteasy.reactive.ResponseStatus";
    private static final String SUPPOSED = "200";

    private AnswerStatus() {
    }

    static void correct(OpenAPI document, IndexView index) {
        document.getPaths().getPathItems().values().stream().flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> declared(operation, index).ifPresent(status -> {
                    Map<String, APIResponse> responses = operation.getResponses().getAPIResponses();
                    APIResponse answer = responses.get(SUPPOSED);
                    if (answer != null && !status.equals(SUPPOSED)) {
                        operation.getResponses().removeAPIResponse(SUPPOSED);
                        operation.getResponses().addAPIResponse(status, answer.description("Created"));
                    }
                }));
    }

    /** By the operation's id, which names the method: {@code ModelsResource_begin}. */
    private static Optional<String> declared(Operation operation, IndexView index) {
        String[] id = Objects.requireNonNullElse(operation.getOperationId(), "_").split("_", 2);
        return index.getKnownClasses().stream().filter(c -> id[0].equals(c.simpleName()) && c.name().toString().startsWith("io.kreislauf."))
                .flatMap(c -> methods(c, id[1])).map(method -> method.declaredAnnotation(DECLARED)).filter(Objects::nonNull)
                .map(AnnotationInstance::value).map(value -> String.valueOf(value.asInt())).findFirst();
    }

    private static Stream<MethodInfo> methods(ClassInfo resource, String name) {
        return resource.methods().stream().filter(method -> method.name().equals(name));
    }
}
