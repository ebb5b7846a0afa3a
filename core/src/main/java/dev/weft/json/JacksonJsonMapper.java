package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.util.List;

final class JacksonJsonMapper implements JsonMapper {
    static final JsonMapper STANDARD = new JacksonJsonMapper();

    @Override
    public Bytes write(Object value, List<Bytes> attachments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ValueReader reader(Bytes json, List<Bytes> attachments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void check(Bytes json, int attachments) {
        throw new UnsupportedOperationException();
    }
}
