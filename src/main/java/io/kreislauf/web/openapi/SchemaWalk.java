package io.kreislauf.web.openapi;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Goes through every schema of a document, also the nested ones. */
final class SchemaWalk {

    static final String REFERENCE = "#/components/schemas/";

    private final OpenAPI document;
    private final Map<String, Schema> schemas;

    SchemaWalk(OpenAPI document) {
        this.document = document;
        this.schemas = document.getComponents().getSchemas();
    }

    /** Each once, wherever it stands. */
    void each(Consumer<Schema> visitor) {
        schemas.values().forEach(schema -> nested(schema).forEach(visitor));
        operations().flatMap(operation -> Stream.concat(bodies(operation), parameters(operation))).flatMap(SchemaWalk::nested).forEach(visitor);
    }

    /** The names of the schemas that answers are made of. */
    Set<String> answered() {
        Deque<Schema> open = new ArrayDeque<>(operations().flatMap(SchemaWalk::answers).toList());
        Set<String> names = new HashSet<>();
        while (!open.isEmpty()) {
            nested(open.pop()).map(Schema::getRef).filter(Objects::nonNull).map(ref -> ref.substring(REFERENCE.length())).filter(names::add)
                    .forEach(name -> open.push(schemas.get(name)));
        }
        return names;
    }

    private Stream<Operation> operations() {
        return document.getPaths().getPathItems().values().stream().flatMap(path -> path.getOperations().values().stream());
    }

    private static Stream<Schema> answers(Operation operation) {
        return operation.getResponses().getAPIResponses().values().stream().flatMap(response -> in(response.getContent()));
    }

    private static Stream<Schema> bodies(Operation operation) {
        return Stream.concat(answers(operation), operation.getRequestBody() == null ? Stream.empty() : in(operation.getRequestBody().getContent()));
    }

    private static Stream<Schema> parameters(Operation operation) {
        return operation.getParameters() == null ? Stream.empty() : operation.getParameters().stream().map(Parameter::getSchema).filter(Objects::nonNull);
    }

    private static Stream<Schema> in(Content content) {
        return content == null ? Stream.empty() : content.getMediaTypes().values().stream().map(MediaType::getSchema).filter(Objects::nonNull);
    }

    private static Stream<Schema> nested(Schema schema) {
        Stream<Schema> own = Stream.of(schema.getItems(), schema.getAdditionalPropertiesSchema()).filter(Objects::nonNull);
        Stream<Schema> alternatives = Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf()).filter(Objects::nonNull).flatMap(List::stream);
        Collection<Schema> members = schema.getProperties() == null ? List.of() : schema.getProperties().values();
        return Stream.concat(Stream.of(schema), Stream.of(own, alternatives, members.stream()).flatMap(s -> s).flatMap(SchemaWalk::nested));
    }
}
