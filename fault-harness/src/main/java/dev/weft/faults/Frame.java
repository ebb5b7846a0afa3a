package dev.weft.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket frame (RFC 6455, section 5.2), legal or not.
 *
 * @param fin whether it is the last of its message
 * @param rsv the reserved bits, RSV1 being 4
 * @param opcode the opcode, 0 to 15
 * @param payload the payload, unmasked
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Frame(boolean fin, int rsv, int opcode, byte[] payload) {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

    public static Frame of(int opcode, byte[] payload) {
        return new Frame(true, 0, opcode, payload);
    }

    public static Frame text(String text) {
        return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Frame hex(int opcode, String hex) {
        return of(opcode, HexFormat.of().parseHex(hex));
    }

    public static Frame close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return of(
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    public Frame notLast() {
        return new Frame(false, rsv, opcode, payload);
    }

    public Frame withRsv(int bits) {
        return new Frame(fin, bits, opcode, payload);
    }

    /** Returns the bytes that a client sends. */
    public byte[] masked() {
        ByteBuffer bytes = ByteBuffer.allocate(14 + payload.length);
        bytes.put(head(payload.length, true)).put(MASK);
        for (int i = 0; i < payload.length; i++) {
            bytes.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        return taken(bytes);
    }

    /** Returns the bytes that only a server may send. */
    public byte[] unmasked() {
        return taken(ByteBuffer.allocate(14 + payload.length)
                .put(head(payload.length, false))
                .put(payload));
    }

    /** Returns head and mask of a frame that declares {@code length} bytes, followed by this frame's payload. */
    public byte[] declaring(long length) {
        byte[] whole = masked();
        int payloadAt = whole.length - payload.length;
        return taken(ByteBuffer.allocate(14 + payload.length)
                .put(head(length, true))
                .put(MASK)
                .put(whole, payloadAt, payload.length));
    }

    /** Returns a head with a length in exactly {@code lengthBytes} bytes (0, 2 or 8), needed or not. */
    public byte[] withLengthField(int lengthBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(14).put((byte) firstByte());
        bytes.put((byte) (0x80 | (lengthBytes == 2 ? 126 : 127)));
        return taken(
                (lengthBytes == 2 ? bytes.putShort((short) payload.length) : bytes.putLong(payload.length)).put(MASK));
    }

    private int firstByte() {
        return (fin ? 0x80 : 0) | rsv << 4 | opcode;
    }

    private byte[] head(long length, boolean mask) {
        ByteBuffer bytes = ByteBuffer.allocate(10).put((byte) firstByte());
        int bit = mask ? 0x80 : 0;
        if (length >= 0 && length <= 125) {
            bytes.put((byte) (bit | length));
        } else if (length >= 0 && length <= 0xFFFF) {
            bytes.put((byte) (bit | 126)).putShort((short) length);
        } else {
            bytes.put((byte) (bit | 127)).putLong(length);
        }
        return taken(bytes);
    }

    private static byte[] taken(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /** Reads a frame of a server, or returns null at the end; a masked or wastefully encoded one is an error. */
    public static @Nullable Frame read(RawConnection connection) throws IOException {
        int first = connection.read();
        if (first < 0) {
            return null;
        }
        int second = connection.read();
        if ((second & 0x80) != 0) {
            throw new IOException("a server frame is masked");
        }
        long length = second & 0x7F;
        if (length == 126) {
            length = minimal(ByteBuffer.wrap(connection.readExactly(2)).getShort() & 0xFFFF, 126);
        } else if (length == 127) {
            length = minimal(ByteBuffer.wrap(connection.readExactly(8)).getLong(), 65_536);
        }
        byte[] payload = connection.readExactly(Math.toIntExact(length));
        return new Frame((first & 0x80) != 0, first >> 4 & 7, first & 15, payload);
    }

    private static long minimal(long length, long least) throws IOException {
        if (length < least) {
            throw new IOException("length " + length + " is not minimally encoded");
        }
        return length;
    }

    /** Returns the code of a close frame, or 1005 if it has none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    public String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    public String utf8() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String shown = payload.length <= 64 ? HexFormat.of().formatHex(payload) : payload.length + " bytes";
        return "Frame[" + (fin ? "fin " : "") + "rsv " + rsv + " opcode " + opcode + ": " + shown + "]";
    }
}
