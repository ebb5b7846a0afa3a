package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes as {@code JSON.stringify} does and lets binary leave as attachments. Standing between data binding and the
 * real generator it sees every value, however deeply nested and whoever serializes it.
 */
final class PayloadGenerator extends JsonGeneratorDelegate {
    private final List<Bytes> attachments;

    PayloadGenerator(JsonGenerator out, List<Bytes> attachments) {
        super(out, false);
        this.attachments = attachments;
    }

    private JsonGenerator attach(Bytes binary) {
        delegate.writeStartObject();
        delegate.writeName("_placeholder").writeBoolean(true);
        delegate.writeName("num").writeNumber(attachments.size());
        delegate.writeEndObject();
        attachments.add(binary);
        return this;
    }

    /** Copies: an emit returns before the bytes are on the wire, and the array stays the caller's. */
    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        return attach(Bytes.copyOf(ByteBuffer.wrap(data, offset, length)));
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        try {
            byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
            attach(Bytes.wrap(bytes));
            return bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public JsonGenerator writeEmbeddedObject(Object value) {
        if (value instanceof Bytes bytes) {
            return attach(bytes);
        }
        return super.writeEmbeddedObject(value);
    }

    @Override
    public JsonGenerator writeNumber(double value) {
        if (!Double.isFinite(value)) {
            delegate.writeNull();
        } else if (JavaScriptNumber.isWhole(value)) {
            delegate.writeNumber((long) value);
        } else if (JavaScriptNumber.isPlain(value)) {
            delegate.writeNumber(value);
        } else {
            delegate.writeNumber(JavaScriptNumber.text(value));
        }
        return this;
    }

    @Override
    public JsonGenerator writeNumber(float value) {
        if (!Double.isFinite(value)) {
            delegate.writeNull();
        } else if (JavaScriptNumber.isWhole(value)) {
            delegate.writeNumber((long) value);
        } else if (JavaScriptNumber.isPlain(value)) {
            delegate.writeNumber(value);
        } else {
            delegate.writeNumber(JavaScriptNumber.text(value));
        }
        return this;
    }

    @Override
    public JsonGenerator writeArray(double[] array, int offset, int length) {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeArray(String[] array, int offset, int length) {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeString(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeName(String name) {
        if (EscapedString.isNeeded(name)) {
            delegate.writeName(new EscapedString(name));
        } else {
            delegate.writeName(name);
        }
        return this;
    }

    @Override
    public JsonGenerator writeString(String text) {
        if (text != null && EscapedString.isNeeded(text)) {
            delegate.writeString(new EscapedString(text));
        } else {
            delegate.writeString(text);
        }
        return this;
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        return writeString(new String(text, offset, length));
    }
}
