package io.kreislauf.web.openapi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;

/** Finds the record that a schema was made from: the one of its name, number aside, that has all its members and no other. */
final class RecordsOfSchemas {

    private final IndexView index;
    private final Map<String, ClassInfo> found = new HashMap<>();

    RecordsOfSchemas(IndexView index, Map<String, Schema> schemas) {
        this.index = index;
        Map<String, List<ClassInfo>> bySimpleName = new HashMap<>();
        index.getKnownClasses().stream().filter(c -> c.isRecord() && c.name().toString().startsWith("io.kreislauf."))
                .sorted(Comparator.comparing(ClassInfo::name)).forEach(c -> bySimpleName.computeIfAbsent(c.simpleName(), n -> new java.util.ArrayList<>()).add(c));
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null) {
                bySimpleName.getOrDefault(withoutNumber(name), List.of()).stream()
                        .filter(c -> members(c).keySet().equals(schema.getProperties().keySet())).findFirst().ifPresent(c -> found.put(name, c));
            }
        });
    }

    Optional<ClassInfo> of(String schema) {
        return Optional.ofNullable(found.get(schema));
    }

    /** In the order of declaration; those of an unwrapped record stand in its place. */
    Map<String, RecordComponentInfo> members(ClassInfo record) {
        Map<String, RecordComponentInfo> members = new LinkedHashMap<>();
        for (RecordComponentInfo component : record.recordComponentsInDeclarationOrder()) {
            ClassInfo inner = has(component, JsonUnwrapped.class) ? index.getClassByName(component.type().name()) : null;
            if (inner == null) {
                members.put(component.name(), component);
            } else {
                members.putAll(members(inner));
            }
        }
        return members;
    }

    /** On the component, its field or its accessor, wherever the annotation may stand. */
    static boolean has(RecordComponentInfo component, Class<?> annotation) {
        String name = annotation.getName();
        return component.annotations().stream().anyMatch(a -> a.name().toString().equals(name))
                || component.declaringClass().field(component.name()).annotations().stream().anyMatch(a -> a.name().toString().equals(name));
    }

    static String withoutNumber(String schema) {
        return schema.replaceAll("\\d+$", "");
    }
}
