package dev.weft.json;

import dev.weft.bytes.Bytes;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** {@link Bytes} in data binding: an attachment on either side. */
final class BytesCodec {
    private BytesCodec() {}

    static SimpleModule addTo(SimpleModule module) {
        return module.addSerializer(Bytes.class, new Writer()).addDeserializer(Bytes.class, new Reader());
    }

    private static final class Writer extends StdScalarSerializer<Bytes> {
        Writer() {
            super(Bytes.class);
        }

        @Override
        public void serialize(Bytes value, JsonGenerator out, SerializationContext context) {
            out.writeEmbeddedObject(value);
        }
    }

    private static final class Reader extends StdScalarDeserializer<Bytes> {
        Reader() {
            super(Bytes.class);
        }

        @Override
        public Bytes deserialize(JsonParser in, DeserializationContext context) {
            if (in.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT) && in.getEmbeddedObject() instanceof byte[] bytes) {
                return Bytes.wrap(bytes);
            }
            return (Bytes) context.handleUnexpectedToken(Bytes.class, in);
        }
    }
}
