package dev.weft.packet;

import dev.weft.bytes.Bytes;

/**
 * What stands before the JSON of a packet: {@code <type>[<attachments>-][<namespace>,][<id>]}.
 *
 * @param attachments how many follow; 0 for the types without
 * @param id the acknowledgement id, or -1
 * @param payload the rest, which should be JSON or empty
 */
record PacketHeader(PacketType type, int attachments, String namespace, long id, Bytes payload) {
    /** The largest whole number that JavaScript counts to. */
    private static final long MAX_ID = (1L << 53) - 1;

    static PacketHeader read(Bytes packet, PacketDecoder.Limits limits) {
        return new Cursor(packet, limits).header();
    }

    private static final class Cursor {
        private final Bytes in;
        private final PacketDecoder.Limits limits;
        private int at;

        Cursor(Bytes in, PacketDecoder.Limits limits) {
            this.in = in;
            this.limits = limits;
        }

        PacketHeader header() {
            PacketType type = PacketType.of(peek());
            at++;
            int attachments = type.isBinary() ? attachments() : 0;
            String namespace = peek() == '/' ? namespace() : Packet.DEFAULT_NAMESPACE;
            long id = isDigit() ? number(MAX_ID, "an acknowledgement id of at most 2^53-1") : -1;
            return new PacketHeader(type, attachments, namespace, id, in.slice(at));
        }

        private int attachments() {
            if (!isDigit()) {
                throw new PacketException("expected a number of attachments");
            }
            int count = (int) number(limits.attachments(), "at most " + limits.attachments() + " attachments");
            if (peek() != '-') {
                throw new PacketException("expected '-' after the number of attachments");
            }
            at++;
            return count;
        }

        private String namespace() {
            int from = at;
            int query = -1;
            while (at < in.size() && in.at(at) != ',') {
                int c = in.at(at);
                if (c >= 0 && (c < ' ' || c == 0x7f)) {
                    throw new PacketException("expected no control character in a namespace");
                }
                if (c == '?' && query < 0) {
                    query = at;
                }
                at++;
            }
            if (at - from > limits.namespace()) {
                throw new PacketException("expected a namespace of at most " + limits.namespace() + " bytes");
            }
            int to = query < 0 ? at : query;
            if (at < in.size()) {
                at++;
            }
            return to - from == 1
                    ? Packet.DEFAULT_NAMESPACE
                    : in.slice(from, to).utf8();
        }

        private long number(long max, String expected) {
            long value = 0;
            for (; isDigit(); at++) {
                value = value * 10 + (in.at(at) - '0');
                if (value > max) {
                    throw new PacketException("expected " + expected);
                }
            }
            return value;
        }

        private boolean isDigit() {
            int c = peek();
            return c >= '0' && c <= '9';
        }

        /** Returns the next byte, or -1 at the end; bytes beyond ASCII are negative too and mean nothing here. */
        private int peek() {
            return at < in.size() ? in.at(at) : -1;
        }
    }
}
