package dev.weft.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses as text. Never asks a name server, whatever the text is. */
public final class IpLiteral {
    /** An IPv6 address that ends in an IPv4 address, written in full. */
    private static final int LONGEST = 45;

    private static final int IPV4_PARTS = 4;
    private static final int BYTE = 255;

    private IpLiteral() {}

    /** Returns the address that {@code text} spells, or null if it spells none: no brackets, port, zone or name. */
    public static @Nullable InetAddress parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            return text.indexOf(':') < 0 ? v4(text) : v6(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Four decimal numbers: forms with fewer parts or leading zeros are read differently by different programs. */
    private static @Nullable InetAddress v4(String text) throws UnknownHostException {
        String[] parts = text.split("\\.", -1);
        if (parts.length != IPV4_PARTS) {
            return null;
        }
        byte[] address = new byte[IPV4_PARTS];
        for (int i = 0; i < IPV4_PARTS; i++) {
            int value = part(parts[i]);
            if (value < 0) {
                return null;
            }
            address[i] = (byte) value;
        }
        return InetAddress.getByAddress(address);
    }

    private static int part(String digits) {
        boolean canonical = digits.equals("0") || !digits.startsWith("0");
        if (digits.isEmpty()
                || digits.length() > 3
                || !canonical
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int value = Integer.parseInt(digits);
        return value <= BYTE ? value : -1;
    }

    /** The JDK takes a text with a colon for an address or for nothing, not for a name. */
    private static @Nullable InetAddress v6(String text) throws UnknownHostException {
        boolean plain = text.chars().allMatch(c -> c == ':' || c == '.' || (c < 0x80 && Character.digit(c, 16) >= 0));
        return plain ? InetAddress.getByName(text) : null;
    }
}
