package dev.berth.api.openapi;

import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says in the schemas what the records say: an answer always holds every field, and those marked {@code @Nullable} may be
 * null. In a request ({@code …Request}) the same mark means "may be missing", which is what a schema says anyway.
 */
final class RecordSchemas implements ModelConverter {
    private final Map<String, Class<?>> answers = new TreeMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> raw =
                TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
        if (schema != null
                && schema.get$ref() != null
                && raw.isRecord()
                && !raw.getSimpleName().endsWith("Request")) {
            answers.put(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1), raw);
        }
        return schema;
    }

    /** For a schema that no controller names. */
    void note(String name, Class<?> answer) {
        answers.put(name, answer);
    }

    /** Completes the schemas, once all are known. */
    @SuppressWarnings("rawtypes") // as the library has it
    void complete(Map<String, Schema> schemas) {
        answers.forEach((name, record) ->
                Optional.ofNullable(schemas.get(name)).ifPresent(schema -> complete((Schema<?>) schema, record)));
    }

    private static void complete(Schema<?> schema, Class<?> record) {
        List<RecordComponent> components = List.of(record.getRecordComponents());
        schema.setRequired(components.stream().map(RecordComponent::getName).toList());
        components.stream()
                .filter(component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .forEach(component -> schema.getProperties()
                        .computeIfPresent(component.getName(), (name, property) -> orNull(property)));
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() != null) {
            return new Schema<>().oneOf(List.of(property, new Schema<>().types(Set.of("null"))));
        }
        String type = Optional.ofNullable(property.getTypes())
                .flatMap(types -> types.stream().findFirst())
                .orElse(property.getType());
        property.setTypes(new LinkedHashSet<>(Arrays.asList(type, "null")));
        return property;
    }
}
