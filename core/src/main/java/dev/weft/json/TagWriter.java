package dev.weft.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.VirtualAnnotatedMember;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.VirtualBeanPropertyWriter;
import tools.jackson.databind.util.SimpleBeanPropertyDefinition;

/**
 * Member {@code type} of a record that a sealed interface permits. Written whatever the static type: Jackson's own type
 * ids get lost where generics are erased, as in the arguments of an event.
 */
final class TagWriter extends VirtualBeanPropertyWriter {
    private static final long serialVersionUID = 1L;

    private final String tag;

    private TagWriter(String tag, BeanPropertyDefinition definition, AnnotatedClass owner, JavaType type) {
        super(definition, owner.getAnnotations(), type);
        this.tag = tag;
    }

    @Override
    protected Object value(Object bean, JsonGenerator out, SerializationContext context) {
        return tag;
    }

    @Override
    public VirtualBeanPropertyWriter withConfig(
            MapperConfig<?> config, AnnotatedClass owner, BeanPropertyDefinition definition, JavaType type) {
        return new TagWriter(tag, definition, owner, type);
    }

    /** Puts the tag in front of the members of such records. */
    static final class Modifier extends ValueSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier bean, List<BeanPropertyWriter> members) {
            if (bean.getBeanClass().isSynthetic()) {
                // Jackson would write a lambda as {}.
                throw new IllegalArgumentException("a lambda holds no data");
            }
            String tag = RecordConventions.tagIfSealed(bean.getBeanClass());
            if (tag == null || members.stream().anyMatch(m -> m.getName().equals(RecordConventions.TAG))) {
                return members;
            }
            AnnotatedClass owner = bean.getClassInfo();
            JavaType type = config.constructType(String.class);
            var member = new VirtualAnnotatedMember(owner, bean.getBeanClass(), RecordConventions.TAG, type);
            List<BeanPropertyWriter> tagged = new ArrayList<>(members.size() + 1);
            tagged.add(new TagWriter(tag, SimpleBeanPropertyDefinition.construct(config, member), owner, type));
            tagged.addAll(members);
            return tagged;
        }
    }
}
