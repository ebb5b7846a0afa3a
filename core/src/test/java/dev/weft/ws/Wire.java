package dev.weft.ws;

import dev.weft.net.ByteInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntSupplier;

/** What a client puts on the wire, and what a reader makes of it. */
final class Wire {
    static final int MAX_MESSAGE = 100_000;
    static final int MAX_FRAGMENTS = 10;

    private Wire() {}

    /** Everything a reader returned, and how it ended: {@code "end"} or the close code and the reason. */
    record Outcome(List<Incoming> received, String end) {}

    /** A stream that hands out its bytes in pieces and counts them. */
    static final class Pieces extends InputStream {
        private final byte[] bytes;
        private final IntSupplier sizes;
        private int delivered;
        private int reads;
        private int room;

        Pieces(byte[] bytes, IntSupplier sizes) {
            this.bytes = bytes;
            this.sizes = sizes;
        }

        int delivered() {
            return delivered;
        }

        int reads() {
            return reads;
        }

        /** Returns how much room the last read offered. */
        int room() {
            return room;
        }

        @Override
        public int read() {
            throw new AssertionError("readers take arrays");
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            reads++;
            room = length;
            if (delivered == bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, bytes.length - delivered), Math.max(1, sizes.getAsInt()));
            System.arraycopy(bytes, delivered, target, offset, count);
            delivered += count;
            return count;
        }
    }

    /** Parses hex digits; blanks separate, and {@code (…)} is a comment. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\([^)]*\\)|\\s", ""));
    }

    static Outcome read(byte[] bytes) {
        return read(new Pieces(bytes, () -> Integer.MAX_VALUE));
    }

    static Outcome read(InputStream stream) {
        MessageReader reader = new MessageReader(new ByteInput(stream), MAX_MESSAGE, MAX_FRAGMENTS);
        List<Incoming> received = new ArrayList<>();
        try {
            for (Incoming next; (next = reader.read()) != null; ) {
                received.add(next);
            }
            return new Outcome(received, "end");
        } catch (WebSocketException e) {
            return new Outcome(received, e.code() + " " + e.reason());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a masked frame of a client with the shortest form of its length. */
    static byte[] frame(boolean fin, Opcode opcode, byte[] payload, int mask) {
        return frame((fin ? 0x80 : 0) | opcode.code(), payload, mask);
    }

    static byte[] frame(int first, byte[] payload, int mask) {
        byte[] header = header(first, payload.length, mask);
        byte[] frame = java.util.Arrays.copyOf(header, header.length + payload.length);
        for (int i = 0; i < payload.length; i++) {
            frame[header.length + i] = (byte) (payload[i] ^ mask >>> 24 - 8 * (i % 4));
        }
        return frame;
    }

    static byte[] header(int first, long length, int mask) {
        String lengthHex = length < 126
                ? "%02x".formatted(0x80 | length)
                : length < 65_536 ? "fe%04x".formatted(length) : "ff%016x".formatted(length);
        return hex("%02x%s%08x".formatted(first, lengthHex, mask));
    }

    static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
