package dev.weft.ws;

import dev.weft.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * RFC 6455 once more, over bytes that are all there: short instead of fast, and with the Java platform's UTF-8. Says what
 * came up to the first broken rule, whose close code is the last outcome.
 */
final class ReferenceDecoder {
    private final byte[] wire;
    private final List<String> outcomes = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int at;
    private int kind;
    private int fragments;

    ReferenceDecoder(byte[] wire) {
        this.wire = wire;
    }

    List<String> all() {
        String last = "";
        while (last.isEmpty()) {
            last = frame();
        }
        if (!last.equals("closed")) {
            outcomes.add(last);
        }
        return outcomes;
    }

    /** Takes a frame; returns what ends everything, or nothing. */
    private String frame() {
        if (at >= wire.length) {
            return "end";
        }
        int first = wire[at++] & 0xff;
        int opcode = first & 15;
        boolean fin = first >= 0x80;
        boolean control = opcode >= 8;
        if ((first & 0x70) != 0 || (opcode > 2 && opcode < 8) || opcode > 10 || (control && !fin)) {
            return "1002";
        }
        if (at >= wire.length) {
            return "end";
        }
        int second = wire[at++] & 0xff;
        if (second < 0x80 || (control && (second & 0x7f) > 125)) {
            return "1002";
        }
        int extended = (second & 0x7f) < 126 ? 0 : (second & 0x7f) == 126 ? 2 : 8;
        if (wire.length - at < extended) {
            return "end";
        }
        long length = extended == 0 ? second & 0x7f : 0;
        for (int i = 0; i < extended; i++) {
            length = length << 8 | (wire[at++] & 0xff);
        }
        if (length < 0 || (extended == 2 && length < 126) || (extended == 8 && length < 65_536)) {
            return "1002";
        }
        if (wire.length - at < 4) {
            return "end";
        }
        at += 4;
        return control ? control(opcode, (int) length) : data(opcode, fin, length);
    }

    private String control(int opcode, int length) {
        if (wire.length - at < length) {
            return "end";
        }
        byte[] payload = payload(length);
        if (opcode != 8) {
            outcomes.add(opcode + " " + Bytes.wrap(payload).base64());
            return "";
        }
        if (length == 0) {
            outcomes.add("8 1005 ");
            return "closed";
        }
        int code = length == 1 ? 0 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        boolean allowed =
                (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
        if (!allowed) {
            return "1002";
        }
        byte[] reason = Arrays.copyOfRange(payload, 2, length);
        if (!isText(reason)) {
            return "1007";
        }
        outcomes.add("8 " + code + " " + Bytes.wrap(reason).base64());
        return "closed";
    }

    private String data(int opcode, boolean fin, long length) {
        if ((kind == 0) == (opcode == 0)) {
            return "1002";
        }
        if (fragments == FramesTarget.MAX_FRAGMENTS) {
            return "1008";
        }
        if (length > FramesTarget.MAX_MESSAGE - message.size()) {
            return "1009";
        }
        fragments++;
        kind = opcode == 0 ? kind : opcode;
        int available = (int) Math.min(length, wire.length - at);
        message.writeBytes(payload(available));
        byte[] content = message.toByteArray();
        if (kind == 1 && !mayBecomeText(content)) {
            return "1007";
        }
        if (available < length) {
            return "end";
        }
        if (fin) {
            if (kind == 1 && !isText(content)) {
                return "1007";
            }
            outcomes.add(kind + " " + Bytes.wrap(content).base64());
            message.reset();
            kind = 0;
            fragments = 0;
        }
        return "";
    }

    private byte[] payload(int length) {
        byte[] payload = Arrays.copyOfRange(wire, at, at + length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= wire[at - 4 + (i & 3)];
        }
        at += length;
        return payload;
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Returns whether some bytes could follow that make these a text. */
    private static boolean mayBecomeText(byte[] bytes) {
        int[] tails = {0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf};
        for (int more = 0; more <= 3; more++) {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
            for (int choice = 0; choice < Math.pow(tails.length, more); choice++) {
                int rest = choice;
                for (int i = 0; i < more; i++) {
                    longer[bytes.length + i] = (byte) tails[rest % tails.length];
                    rest /= tails.length;
                }
                if (isText(longer)) {
                    return true;
                }
            }
        }
        return false;
    }
}
