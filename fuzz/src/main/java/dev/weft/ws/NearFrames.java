package dev.weft.ws;

import dev.weft.fuzz.Recipe;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Frames as a client sends them, but for what the recipe spoils. */
public final class NearFrames {
    private static final int[] FIRST = {0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8a, 0x08, 0xc1, 0x83, 0x8f};
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final int[] CODES = {1000, 1001, 999, 1004, 1005, 1006, 1014, 1015, 3000, 4999, 5000};

    private NearFrames() {}

    /** Returns the bytes of a connection. */
    public static byte[] make(Recipe recipe) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        do {
            int first = FIRST[recipe.below(FIRST.length)];
            byte[] payload = payload(recipe, first);
            long length = recipe.chance(24) ? lie(recipe) : payload.length;
            int form = recipe.chance(24) ? recipe.below(3) : length < 126 ? 0 : length < 65_536 ? 1 : 2;
            frame(out, first, !recipe.chance(32), length, form, payload);
        } while (recipe.more() && out.size() < 4096);
        byte[] all = out.toByteArray();
        return recipe.chance(8) ? Arrays.copyOf(all, Math.max(0, all.length - recipe.below(20))) : all;
    }

    private static byte[] payload(Recipe recipe, int first) {
        byte[] bytes = recipe.chance(12) ? Arrays.copyOf(recipe.bytes(100), recipe.below(320)) : recipe.bytes(130);
        if ((first & 0x0f) == 8 && bytes.length >= 2) {
            int code = CODES[(bytes[0] & 0xff) % CODES.length];
            bytes[0] = (byte) (code >> Byte.SIZE);
            bytes[1] = (byte) code;
        }
        return bytes;
    }

    private static long lie(Recipe recipe) {
        return switch (recipe.below(5)) {
            case 0 -> recipe.below(400);
            case 1 -> Integer.MAX_VALUE + (long) recipe.below(3);
            case 2 -> Long.MIN_VALUE + recipe.below(3);
            case 3 -> Long.MAX_VALUE;
            default -> (1L << 32) + recipe.below(3);
        };
    }

    private static void frame(
            ByteArrayOutputStream out, int first, boolean masked, long length, int form, byte[] payload) {
        int mask = masked ? 0x80 : 0;
        out.write(first);
        out.write(mask | (form == 0 ? (int) length & 0x7f : form == 1 ? 126 : 127));
        for (int shift = form == 0 ? -1 : form == 1 ? 8 : 56; shift >= 0; shift -= 8) {
            out.write((int) (length >>> shift));
        }
        if (masked) {
            out.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ MASK[i & 3] : payload[i]);
        }
    }

    /** Returns a frame of a server as a client would send it. */
    public static byte[] masked(byte[] frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int head = (frame[1] & 0x7f) < 126 ? 2 : (frame[1] & 0x7f) == 126 ? 4 : 10;
        byte[] start = Arrays.copyOf(frame, head);
        start[1] |= (byte) 0x80;
        out.writeBytes(start);
        out.writeBytes(MASK);
        for (int i = head; i < frame.length; i++) {
            out.write(frame[i] ^ MASK[i - head & 3]);
        }
        return out.toByteArray();
    }
}
