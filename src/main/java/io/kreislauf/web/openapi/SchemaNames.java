package io.kreislauf.web.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;

/**
 * Where several classes have one name, the scanner numbers their schemas in the order in which it meets them. Here each bears the name of its owner
 * before its own; those that say the same become one.
 */
final class SchemaNames {

    private static final String PAGE = "Page";

    private SchemaNames() {
    }

    static void give(OpenAPI document, SchemaWalk walk, RecordsOfSchemas records) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        Map<String, String> names = new LinkedHashMap<>();
        schemas.keySet().stream().collect(Collectors.groupingBy(RecordsOfSchemas::withoutNumber, TreeMap::new, Collectors.toList())).forEach((plain, group) -> {
            boolean alike = group.stream().map(schemas::get).map(s -> s.getProperties() == null ? Map.of() : s.getProperties().keySet()).distinct().count() == 1;
            group.forEach(name -> names.put(name, alike ? plain : records.of(name).map(SchemaNames::owned).orElse(name)));
        });
        // A page is named after its rows, which have their names by now.
        schemas.forEach((name, schema) -> {
            if (name.startsWith(PAGE) && schema.getProperties() != null && schema.getProperties().containsKey("items")) {
                names.put(name, PAGE + names.get(schema.getProperties().get("items").getItems().getRef().substring(SchemaWalk.REFERENCE.length())));
            }
        });
        walk.each(schema -> {
            if (schema.getRef() != null && schema.getRef().startsWith(SchemaWalk.REFERENCE)) {
                schema.setRef(SchemaWalk.REFERENCE + names.get(schema.getRef().substring(SchemaWalk.REFERENCE.length())));
            }
        });
        Map<String, Schema> named = new TreeMap<>();
        schemas.forEach((name, schema) -> named.putIfAbsent(names.get(name), schema));
        document.getComponents().setSchemas(named);
    }

    /** {@code PayoutsResource.Run} to PayoutsRun, {@code ledger.Cost} to LedgerCost. */
    private static String owned(ClassInfo record) {
        String owner = record.enclosingClass() == null
                ? record.name().packagePrefix().substring(record.name().packagePrefix().lastIndexOf('.') + 1)
                : record.enclosingClass().withoutPackagePrefix().replaceAll("Resource$", "");
        return Character.toUpperCase(owner.charAt(0)) + owner.substring(1) + record.simpleName();
    }
}
