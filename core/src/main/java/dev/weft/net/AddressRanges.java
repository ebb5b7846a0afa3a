package dev.weft.net;

import dev.weft.bytes.Bytes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A set of IP addresses, given as addresses and as ranges in CIDR notation (RFC 4632, section 3.1). Immutable. */
public final class AddressRanges {
    /** No address. */
    public static final AddressRanges NONE = new AddressRanges(List.of());

    private final List<Range> ranges;

    private record Range(Bytes prefix, int bits) {
        boolean contains(byte[] address) {
            if (address.length != prefix.size()) {
                return false;
            }
            int left = bits;
            for (int i = 0; left > 0; i++, left -= Byte.SIZE) {
                int differing = (address[i] ^ prefix.at(i)) & 0xFF;
                if (differing >> Math.max(0, Byte.SIZE - left) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private AddressRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    /**
     * Returns the addresses in {@code ranges}, such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 192.0.2.7}.
     *
     * @throws IllegalArgumentException if one is neither an address nor a range; the message says which
     */
    public static AddressRanges of(Collection<String> ranges) {
        List<Range> parsed = new ArrayList<>();
        ranges.forEach(range -> parsed.add(parse(range)));
        return new AddressRanges(List.copyOf(parsed));
    }

    /** Returns these addresses and those of {@code others}. */
    public AddressRanges and(AddressRanges others) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(others.ranges);
        return new AddressRanges(List.copyOf(all));
    }

    /** Returns whether {@code address} is one of these. */
    public boolean contains(InetAddress address) {
        if (ranges.isEmpty()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        for (Range range : ranges) {
            if (range.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    private static Range parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        int most = address == null ? -1 : address.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? most : bits(text.substring(slash + 1));
        if (address == null || bits < 0 || bits > most) {
            throw new IllegalArgumentException(
                    "expected an address or a range such as 10.0.0.0/8 or 2001:db8::/32 but was \"" + text + "\"");
        }
        return new Range(Bytes.wrap(address.getAddress()), bits);
    }

    private static int bits(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : -1;
    }
}
