package dev.weft.ws;

import dev.weft.CloseCode;
import dev.weft.bytes.Bytes;
import dev.weft.net.ByteInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client sends: whole messages, and control frames as they come, also between the fragments of a message
 * (RFC 6455, sections 5 and 8.1). Belongs to one thread at a time.
 *
 * <p>Between messages it holds no payload, and it lets the input rest before it waits for a frame.
 */
public final class MessageReader {
    private final ByteInput in;
    private final FrameReader frames;
    private final MessageAssembler assembler;

    /**
     * Creates a reader at the border between two messages, none of which may be compressed.
     *
     * @param maxMessage the most payload bytes of a message, its fragments together; not negative
     * @param maxFragments the most frames of a message, empty ones included; at least 1
     */
    public MessageReader(ByteInput in, int maxMessage, int maxFragments) {
        this(in, maxMessage, maxFragments, null);
    }

    /** Creates a reader; {@code inflater} is null unless permessage-deflate is agreed on. */
    MessageReader(ByteInput in, int maxMessage, int maxFragments, @Nullable MessageInflater inflater) {
        if (maxMessage < 0 || maxFragments < 1) {
            throw new IllegalArgumentException("expected maxMessage >= 0 and maxFragments >= 1 but they were "
                    + maxMessage + " and " + maxFragments);
        }
        this.in = in;
        this.frames = new FrameReader(in, inflater != null);
        this.assembler = new MessageAssembler(maxMessage, maxFragments, inflater);
    }

    /**
     * Blocks until a message or a control frame has come and returns it.
     *
     * <p>A broken rule is reported as soon as the byte that breaks it is there: a text at its first impossible byte, a
     * size when it is declared. After an exception, null or a close frame the reader is not to be used any more, except
     * that a side which has sent a close frame itself may go on until it gets null.
     *
     * @return the next thing, or null at the end of the stream, be it between frames or within one
     * @throws WebSocketException 1002 for a broken protocol, 1007 for text that is not UTF-8 or damaged compression, 1008 for too many
     *     fragments, 1009 for a message that is too large
     * @throws IOException as the input throws it
     */
    public @Nullable Incoming read() throws IOException, WebSocketException {
        while (true) {
            in.rest();
            FrameHeader header = frames.readHeader();
            if (header == null) {
                return null;
            }
            if (header.opcode().isControl()) {
                return readControl(header);
            }
            if (!readData(header)) {
                return null;
            }
            if (header.fin()) {
                return new Incoming.Data(assembler.finish());
            }
        }
    }

    /**
     * Returns at once whether {@link #read()} would return without waiting for the peer, because all it needs is
     * buffered; false if unsure. What is written so far should be flushed before a read that may wait.
     */
    public boolean readyWithoutBlocking() {
        return frames.hasFinalFrameBuffered();
    }

    /** Lets go of what a message in progress holds outside the heap; nothing is read afterwards. */
    void abandon() {
        assembler.abandon();
    }

    private boolean readData(FrameHeader header) throws IOException, WebSocketException {
        assembler.begin(header);
        while (!assembler.hasWholeFrame()) {
            if (!assembler.pull(frames)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Incoming readControl(FrameHeader header) throws IOException, WebSocketException {
        byte[] payload = new byte[(int) header.length()];
        int size = 0;
        while (size < payload.length) {
            int count = frames.readPayload(payload, size, payload.length - size);
            if (count < 0) {
                return null;
            }
            size += count;
        }
        Bytes bytes = Bytes.wrap(payload);
        return switch (header.opcode()) {
            case PING -> new Incoming.Ping(bytes);
            case PONG -> new Incoming.Pong(bytes);
            default -> close(payload);
        };
    }

    private static Incoming close(byte[] payload) throws WebSocketException {
        if (payload.length == 0) {
            return new Incoming.Close(CloseCode.NO_STATUS, "");
        }
        // Section 5.5.1: "If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer".
        if (payload.length == 1) {
            throw WebSocketException.protocol("expected a close frame of 0 or at least 2 bytes but it had 1");
        }
        CloseCode code = new CloseCode((payload[0] & 0xFF) << Byte.SIZE | (payload[1] & 0xFF));
        if (!code.mayBeSent()) {
            throw WebSocketException.protocol(
                    "expected close code 1000-1003, 1007-1014 or 3000-4999 but it was " + code);
        }
        Utf8Validator utf8 = new Utf8Validator();
        int length = payload.length - Short.BYTES;
        if (utf8.accept(payload, Short.BYTES, length) < length || !utf8.isComplete()) {
            throw WebSocketException.badData("expected a close reason in UTF-8 but it was malformed");
        }
        return new Incoming.Close(code, Bytes.wrap(payload, Short.BYTES, length).utf8());
    }
}
