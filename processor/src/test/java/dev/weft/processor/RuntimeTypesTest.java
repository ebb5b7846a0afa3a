package dev.weft.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.processor.TypeName.Named;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rename in the runtime must not pass unnoticed: the processor knows it by name only. */
class RuntimeTypesTest {
    @Test
    void everyNameIsAPublicClassOfTheRuntime() throws Exception {
        List<String> names = new ArrayList<>();
        for (Field field : RuntimeTypes.class.getDeclaredFields()) {
            Named name = (Named) field.get(null);
            Class<?> type = Class.forName(name.packageName() + "." + name.name().replace('.', '$'));
            assertThat(type).isPublic();
            assertThat(type.getCanonicalName()).isEqualTo(name.qualified());
            names.add(name.qualified());
        }
        assertThat(names).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }
}
