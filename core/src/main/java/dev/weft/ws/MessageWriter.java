package dev.weft.ws;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** One outgoing text of unknown length: encodes into a {@link MessageStream}. Belongs to one thread at a time. */
final class MessageWriter extends Writer {
    private final MessageStream stream;
    private final Writer encoder;

    MessageWriter(MessageStream stream) {
        this.stream = stream;
        encoder = new OutputStreamWriter(new Unflushed(stream), StandardCharsets.UTF_8);
    }

    /** An encoder flushes when it closes, which would make a frame of its own. */
    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        encoder.write(characters, offset, length);
    }

    @Override
    public void flush() throws IOException {
        encoder.flush();
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        encoder.close();
    }
}
