package dev.weft;

import dev.weft.bytes.Bytes;

/** One whole message of a WebSocket or of a raw Engine.IO session. Immutable. */
public sealed interface Message {
    /**
     * A text message.
     *
     * @param utf8 the text, well-formed UTF-8
     */
    record Text(Bytes utf8) implements Message {
        /** Returns the text. */
        public String text() {
            return utf8.utf8();
        }

        @Override
        public Bytes bytes() {
            return utf8;
        }
    }

    /**
     * A binary message.
     *
     * @param bytes the content
     */
    record Binary(Bytes bytes) implements Message {}

    /** Returns the content; of a text, its UTF-8 encoding. */
    Bytes bytes();

    /** Returns a text message. */
    static Message text(String text) {
        return new Text(Bytes.utf8(text));
    }

    /** Returns a binary message with a copy of {@code bytes}. */
    static Message binary(byte[] bytes) {
        return new Binary(Bytes.copyOf(bytes));
    }
}
