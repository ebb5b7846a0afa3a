package dev.weft.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * What records mean without annotations. A sealed interface of records is read by member {@code type}: the simple name
 * of the record, its first letter in lower case, which {@link TagWriter} writes. Jackson's own annotations win where a
 * type has them.
 */
final class RecordConventions extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    /** The member that names the record. */
    static final String TAG = "type";

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value annotation = super.findPolymorphicTypeInfo(config, annotated);
        if (annotation == null && config instanceof DeserializationConfig && isSealed(annotated)) {
            return JsonTypeInfo.Value.construct(
                    JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, TAG, null, false, true, false);
        }
        return annotation;
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass annotated) {
        String annotation = super.findTypeName(config, annotated);
        return annotation == null ? tagIfSealed(annotated.getRawType()) : annotation;
    }

    /** A member that cannot be null is required: Jackson would make a missing number 0. */
    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean annotation = super.hasRequiredMarker(config, member);
        if (annotation == null
                && member.getRawType().isPrimitive()
                && member.getDeclaringClass().isRecord()) {
            return true;
        }
        return annotation;
    }

    /** Returns the tag of {@code record}, or null if no sealed interface of records permits it. */
    static @Nullable String tagIfSealed(Class<?> record) {
        return record.isRecord() && extendsSealed(record) ? tag(record) : null;
    }

    /** Returns the tags of the records that {@code type} permits; none if it is not a sealed interface of records. */
    static List<String> tagsIfSealed(Class<?> type) {
        return isSealed(type)
                ? records(type).stream().map(RecordConventions::tag).toList()
                : List.of();
    }

    private static boolean extendsSealed(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (isSealed(parent) || extendsSealed(parent)) {
                return true;
            }
        }
        return false;
    }

    private static String tag(Class<?> record) {
        String name = record.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static boolean isSealed(Annotated annotated) {
        return annotated instanceof AnnotatedClass && isSealed(annotated.getRawType());
    }

    private static boolean isSealed(Class<?> type) {
        if (!type.isInterface() || !type.isSealed() || type.isAnnotationPresent(JsonTypeInfo.class)) {
            return false;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (!permitted.isRecord() && !isSealed(permitted)) {
                return false;
            }
        }
        return true;
    }

    private static List<Class<?>> records(Class<?> sealed) {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                records.add(permitted);
            } else {
                records.addAll(records(permitted));
            }
        }
        return records;
    }
}
