package io.kreislauf.web.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.IndexView;

/**
 * What types can be generated from: answers under the status they have, members that are always there, values that are any JSON, and for each schema
 * a name that no other build of the same code would give to another.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class PreciseDocument implements OASFilter {

    private final IndexView index;

    /** The framework makes it. */
    public PreciseDocument(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        RecordsOfSchemas records = new RecordsOfSchemas(index, schemas);
        SchemaWalk walk = new SchemaWalk(document);
        Set<String> answered = walk.answered();
        schemas.forEach((name, schema) -> records.of(name).ifPresent(record -> {
            AlwaysThere.say(schema, records.members(record), answered.contains(name));
        }));
        schemas.values().stream().filter(schema -> schema.getProperties() != null && schema.getProperties().containsKey("next")
                && schema.getProperties().containsKey("items")).forEach(page -> page.addRequired("items"));
        AnswerStatus.correct(document, index);
        SchemaNames.give(document, walk, records);
    }
}
