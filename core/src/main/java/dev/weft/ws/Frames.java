package dev.weft.ws;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the frames of a server: never masked (RFC 6455, sections 5.1 and 5.2), so one encoding serves any
 * number of recipients. Every result is one contiguous array.
 */
public final class Frames {
    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int MAX_LENGTH_IN_7_BITS = 125;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Frames() {}

    /**
     * Returns a text message in one frame.
     *
     * @param utf8 well-formed UTF-8; not checked
     */
    public static Bytes text(Bytes utf8) {
        return frame(Opcode.TEXT, utf8);
    }

    /** Returns a binary message in one frame. */
    public static Bytes binary(Bytes content) {
        return frame(Opcode.BINARY, content);
    }

    /**
     * Returns a ping.
     *
     * @throws IllegalArgumentException if the payload has more than 125 bytes
     */
    public static Bytes ping(Bytes payload) {
        return control(Opcode.PING, payload);
    }

    /**
     * Returns a pong; it answers a ping with the same payload.
     *
     * @throws IllegalArgumentException if the payload has more than 125 bytes
     */
    public static Bytes pong(Bytes payload) {
        return control(Opcode.PONG, payload);
    }

    /** Returns a close frame without a code, the answer to one of that kind. */
    public static Bytes close() {
        return control(Opcode.CLOSE, Bytes.EMPTY);
    }

    /**
     * Returns a close frame (section 5.5.1).
     *
     * @param reason for people who debug; at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if the code is not one of 1000-1003, 1007-1014 and 3000-4999 or the reason is too
     *     long
     */
    public static Bytes close(CloseCode code, String reason) {
        if (!code.mayBeSent()) {
            throw new IllegalArgumentException(
                    "expected close code 1000-1003, 1007-1014 or 3000-4999 but it was " + code);
        }
        Bytes utf8 = Bytes.utf8(reason);
        if (utf8.size() > WebSocketException.MAX_REASON) {
            throw new IllegalArgumentException("expected a close reason of at most " + WebSocketException.MAX_REASON
                    + " bytes of UTF-8 but it had " + utf8.size());
        }
        byte[] payload = new byte[Short.BYTES + utf8.size()];
        payload[0] = (byte) (code.value() >> Byte.SIZE);
        payload[1] = (byte) code.value();
        utf8.copyTo(payload, Short.BYTES);
        return control(Opcode.CLOSE, Bytes.wrap(payload));
    }

    /** Returns a message in one frame. */
    public static Bytes of(Message message) {
        return frame(opcode(message), message.bytes());
    }

    /**
     * Returns messages, each in one frame, one after the other.
     *
     * @throws IllegalArgumentException if the frames together exceed 2 GiB
     */
    public static Bytes of(List<? extends Message> messages) {
        long total = 0;
        for (Message message : messages) {
            total += frameSize(message.bytes().size());
        }
        byte[] array = array(total);
        int at = 0;
        for (Message message : messages) {
            at = put(FIN | opcode(message).code(), message.bytes(), array, at);
        }
        return Bytes.wrap(array);
    }

    /**
     * Returns messages, each in one frame, one after the other.
     *
     * @param compressed what stands for each message on the wire, or null for those that are not compressed
     * @throws IllegalArgumentException if the frames together exceed 2 GiB
     */
    static Bytes of(List<? extends Message> messages, List<? extends @Nullable Bytes> compressed) {
        long total = 0;
        for (int i = 0; i < messages.size(); i++) {
            Bytes smaller = compressed.get(i);
            total += frameSize((smaller == null ? messages.get(i).bytes() : smaller).size());
        }
        byte[] array = array(total);
        int at = 0;
        for (int i = 0; i < messages.size(); i++) {
            Bytes smaller = compressed.get(i);
            int first = FIN | opcode(messages.get(i)).code();
            // RFC 7692, section 6.1: RSV1 marks a compressed message.
            at = smaller == null
                    ? put(first, messages.get(i).bytes(), array, at)
                    : put(first | COMPRESSED, smaller, array, at);
        }
        return Bytes.wrap(array);
    }

    /**
     * Returns a frame of a message whose end is not known yet (RFC 6455, section 5.4).
     *
     * @param opcode of the message for its first frame, otherwise {@link Opcode#CONTINUATION}
     * @param last whether the message ends with it
     */
    static Bytes fragment(Opcode opcode, boolean last, Bytes payload) {
        byte[] array = array(frameSize(payload.size()));
        put((last ? FIN : 0) | opcode.code(), payload, array, 0);
        return Bytes.wrap(array);
    }

    private static Opcode opcode(Message message) {
        return switch (message) {
            case Message.Text text -> Opcode.TEXT;
            case Message.Binary binary -> Opcode.BINARY;
        };
    }

    private static Bytes control(Opcode opcode, Bytes payload) {
        if (payload.size() > FrameReader.MAX_CONTROL) {
            throw new IllegalArgumentException("expected a " + opcode + " payload of at most " + FrameReader.MAX_CONTROL
                    + " bytes but it had " + payload.size());
        }
        return frame(opcode, payload);
    }

    private static Bytes frame(Opcode opcode, Bytes payload) {
        return fragment(opcode, true, payload);
    }

    private static byte[] array(long size) {
        if (size > LARGEST_ARRAY) {
            throw new IllegalArgumentException(
                    "expected frames of at most 2 GiB together but they had " + size + " bytes");
        }
        return new byte[(int) size];
    }

    private static long frameSize(int payload) {
        return 2L + extendedBytes(payload) + payload;
    }

    private static int extendedBytes(int payload) {
        return payload <= MAX_LENGTH_IN_7_BITS ? 0 : payload < 1 << Short.SIZE ? Short.BYTES : Long.BYTES;
    }

    private static int put(int first, Bytes payload, byte[] array, int from) {
        int size = payload.size();
        int extended = extendedBytes(size);
        array[from] = (byte) first;
        array[from + 1] =
                (byte) (extended == 0 ? size : extended == Short.BYTES ? LENGTH_IN_2_BYTES : LENGTH_IN_8_BYTES);
        int at = from + 2;
        for (int shift = Byte.SIZE * (extended - 1); shift >= 0; shift -= Byte.SIZE) {
            array[at++] = (byte) ((long) size >>> shift);
        }
        payload.copyTo(array, at);
        return at + size;
    }
}
