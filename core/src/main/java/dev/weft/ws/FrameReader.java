package dev.weft.ws;

import dev.weft.net.ByteInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a client: headers, checked as far as one frame tells (RFC 6455, section 5.2), and payloads,
 * unmasked. Blocks as its input does. Belongs to one thread at a time.
 */
final class FrameReader {
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int COMPRESSED = 0x40;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int MASK_BYTES = 4;

    /** The most payload bytes of a control frame (section 5.5). */
    static final int MAX_CONTROL = 125;

    private final ByteInput in;
    private final boolean compression;
    private int mask;
    /** How many payload bytes of the current frame have been read, modulo 4. */
    private int phase;

    /** Creates a reader; {@code compression} tells whether permessage-deflate is agreed on. */
    FrameReader(ByteInput in, boolean compression) {
        this.in = in;
        this.compression = compression;
    }

    /**
     * Blocks until a header has come. Each rule is checked as soon as the bytes it is about are there.
     *
     * @return the header, or null if the stream ends before it is complete
     * @throws WebSocketException 1002 if the header breaks a rule
     */
    @Nullable
    FrameHeader readHeader() throws IOException, WebSocketException {
        if (!in.fill(1)) {
            return null;
        }
        int first = in.read();
        Opcode opcode = opcode(first);
        if (!in.fill(1)) {
            return null;
        }
        int second = in.read();
        checkSecond(second, opcode);
        int extended = extendedBytes(second);
        if (!in.fill(extended)) {
            return null;
        }
        long length = extended == 0 ? second & LENGTH : extendedLength(extended);
        if (!in.fill(MASK_BYTES)) {
            return null;
        }
        mask = (int) number(MASK_BYTES);
        phase = 0;
        return new FrameHeader((first & FIN) != 0, (first & COMPRESSED) != 0, opcode, length, mask);
    }

    /**
     * Blocks until at least one byte of the current frame's payload has come and reads up to {@code length} bytes, which
     * must not exceed what the frame has left; returns how many, or -1 at the end of the stream.
     */
    int readPayload(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            Mask.apply(target, offset, count, mask, phase);
            phase = (phase + count) & 3;
        }
        return count;
    }

    /** Returns whether {@link #readHeader()} and the payloads up to the end of a message or control frame will not block. */
    boolean hasFinalFrameBuffered() {
        int at = 0;
        while (true) {
            long end = bufferedFrameEnd(at);
            if (end < 0 || end > in.buffered()) {
                return false;
            }
            if ((in.peek(at) & FIN) != 0) {
                return true;
            }
            at = (int) end;
        }
    }

    /** Returns where the frame at {@code at} of the buffered bytes ends, or -1 if its header is incomplete or unmasked. */
    private long bufferedFrameEnd(int at) {
        int second = in.peek(at + 1);
        if (second < 0 || (second & MASKED) == 0) {
            return -1;
        }
        int extended = extendedBytes(second);
        int body = at + 2 + extended;
        if (in.buffered() < body) {
            return -1;
        }
        long length = extended == 0 ? second & LENGTH : 0;
        for (int i = 0; i < extended; i++) {
            length = length << Byte.SIZE | in.peek(at + 2 + i);
        }
        return length < 0 || length > in.buffered() ? -1 : body + MASK_BYTES + length;
    }

    private Opcode opcode(int first) throws WebSocketException {
        checkReserved(first);
        Opcode opcode = Opcode.of(first & OPCODE);
        if (opcode == null) {
            throw WebSocketException.protocol("expected opcode 0, 1, 2, 8, 9 or 10 but it was " + (first & OPCODE));
        }
        // Section 5.5: control frames "MUST NOT be fragmented".
        if (opcode.isControl() && (first & FIN) == 0) {
            throw WebSocketException.protocol("expected a control frame in one piece but a " + opcode + " had no FIN");
        }
        return opcode;
    }

    private void checkReserved(int first) throws WebSocketException {
        int reserved = first & RESERVED;
        if (reserved == 0) {
            return;
        }
        // "MUST be 0 unless an extension is negotiated that defines meanings for non-zero values."
        if (!compression) {
            throw WebSocketException.protocol(
                    "expected reserved bits 0 but they were " + (reserved >> 4) + ": no extension is negotiated");
        }
        // RFC 7692, section 6.1: RSV1 belongs to the first frame of a data message.
        int code = first & OPCODE;
        boolean begins = code == Opcode.TEXT.code() || code == Opcode.BINARY.code();
        if (reserved != COMPRESSED || !begins) {
            throw WebSocketException.protocol(
                    "expected RSV1 on the first frame of a message and no other reserved bit but" + " they were "
                            + (reserved >> 4) + " on opcode " + code);
        }
    }

    private static void checkSecond(int second, Opcode opcode) throws WebSocketException {
        // Section 5.1: "The server MUST close the connection upon receiving a frame that is not masked."
        if ((second & MASKED) == 0) {
            throw WebSocketException.protocol("expected a masked frame but a " + opcode + " was not masked");
        }
        // Section 5.5: "All control frames MUST have a payload length of 125 bytes or less".
        if (opcode.isControl() && (second & LENGTH) > MAX_CONTROL) {
            throw WebSocketException.protocol(
                    "expected a control frame of at most " + MAX_CONTROL + " bytes but a " + opcode + " was longer");
        }
    }

    private static int extendedBytes(int second) {
        int length = second & LENGTH;
        return length < LENGTH_IN_2_BYTES ? 0 : length == LENGTH_IN_2_BYTES ? Short.BYTES : Long.BYTES;
    }

    /** Reads a length of 2 or 8 bytes: "the minimal number of bytes MUST be used to encode the length". */
    private long extendedLength(int bytes) throws WebSocketException, IOException {
        long length = number(bytes);
        if (length < 0) {
            throw WebSocketException.protocol("expected a length below 2^63 but its top bit was set");
        }
        long least = bytes == Short.BYTES ? LENGTH_IN_2_BYTES : 1 << Short.SIZE;
        if (length < least) {
            throw WebSocketException.protocol(
                    "expected the shortest form of a length but " + length + " came in " + bytes + " bytes");
        }
        return length;
    }

    private long number(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << Byte.SIZE | in.read();
        }
        return value;
    }
}
