package dev.weft.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The header with which a proxy introduces its client before anything else: the PROXY protocol, versions 1 and 2
 * (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt). Reads exactly the header and not a byte more.
 */
final class ProxyHeader {
    /** Section 2.2: "\x0D\x0A\x0D\x0A\x00\x0D\x0A\x51\x55\x49\x54\x0A". */
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};

    /** Section 2.1: the longest line of version 1 with its CRLF. */
    private static final int LONGEST_LINE = 107;

    private static final int VERSION_2_LOCAL = 0x20;
    private static final int VERSION_2_PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int UNIX_STREAM = 0x31;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int UNIX_ADDRESSES = 216;
    private static final int MAX_PORT = 65_535;

    private final InputStream in;

    private ProxyHeader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads a header; blocks until it is complete. Its size is bounded: 107 bytes in version 1, 65,551 in version 2, of which
     * the addresses are kept.
     *
     * @return the client, or null if the proxy speaks for itself or does not know it: then its own address counts
     * @throws MalformedProxyHeaderException if this is no header
     * @throws IOException if the stream fails or ends before
     */
    static @Nullable InetSocketAddress read(InputStream in) throws IOException {
        ProxyHeader header = new ProxyHeader(in);
        int first = header.next();
        return first == 'P' ? header.version1() : header.version2(first);
    }

    private @Nullable InetSocketAddress version2(int first) throws IOException {
        int current = first;
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (current != SIGNATURE[i]) {
                throw malformed("the signature is wrong");
            }
            current = next();
        }
        int command = current;
        int family = next();
        int length = next() << Byte.SIZE | next();
        if (command != VERSION_2_LOCAL && command != VERSION_2_PROXY) {
            throw malformed("expected version 2 and command LOCAL or PROXY");
        }
        // "LOCAL … the receiver must accept this connection as valid and must use the real connection endpoints"
        return command == VERSION_2_LOCAL ? nobody(length) : addresses(family, length);
    }

    private @Nullable InetSocketAddress addresses(int family, int length) throws IOException {
        return switch (family) {
            case TCP_OVER_IPV4 -> source(IPV4_BYTES, length);
            case TCP_OVER_IPV6 -> source(IPV6_BYTES, length);
            case UNSPECIFIED -> nobody(length);
            case UNIX_STREAM -> {
                if (length < UNIX_ADDRESSES) {
                    throw malformed("the addresses are cut short");
                }
                yield nobody(length);
            }
            default -> throw malformed("expected TCP over IPv4 or IPv6, or a UNIX socket");
        };
    }

    /** Source address, destination address, source port, destination port; then type-length-values that are skipped. */
    private InetSocketAddress source(int bytes, int length) throws IOException {
        int size = 2 * bytes + 2 * Short.BYTES;
        if (length < size) {
            throw malformed("the addresses are cut short");
        }
        byte[] addresses = exactly(size);
        byte[] address = new byte[bytes];
        System.arraycopy(addresses, 0, address, 0, bytes);
        int port = (addresses[2 * bytes] & 0xFF) << Byte.SIZE | (addresses[2 * bytes + 1] & 0xFF);
        skip(length - size);
        return new InetSocketAddress(InetAddress.getByAddress(address), port);
    }

    private @Nullable InetSocketAddress nobody(int length) throws IOException {
        skip(length);
        return null;
    }

    /** Section 2.1: one line, its parts parted by exactly one space. */
    private @Nullable InetSocketAddress version1() throws IOException {
        String[] parts = line().split(" ", -1);
        if (!parts[0].equals("PROXY") || parts.length < 2) {
            throw malformed("the line does not begin with \"PROXY \"");
        }
        if (parts[1].equals("UNKNOWN")) {
            return null; // "the receiver must ignore anything presented before the CRLF is found"
        }
        if (parts.length != 6 || !(parts[1].equals("TCP4") || parts[1].equals("TCP6"))) {
            throw malformed("expected TCP4 or TCP6, two addresses and two ports");
        }
        InetAddress source = address(parts[2], parts[1]);
        address(parts[3], parts[1]);
        port(parts[5]);
        return new InetSocketAddress(source, port(parts[4]));
    }

    private String line() throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        line[0] = 'P';
        int size = 1;
        while (size < 2 || line[size - 2] != '\r' || line[size - 1] != '\n') {
            if (size == LONGEST_LINE) {
                throw malformed("the line is longer than " + LONGEST_LINE + " bytes");
            }
            line[size++] = (byte) next();
        }
        return new String(line, 0, size - 2, StandardCharsets.ISO_8859_1);
    }

    private static InetAddress address(String text, String protocol) throws IOException {
        InetAddress address = IpLiteral.parse(text);
        boolean colons = text.indexOf(':') >= 0;
        if (address == null || colons != protocol.equals("TCP6")) {
            throw malformed("expected an address of " + protocol);
        }
        return address;
    }

    private static int port(String digits) throws IOException {
        boolean number = !digits.isEmpty()
                && digits.length() <= 5
                && (digits.equals("0") || !digits.startsWith("0"))
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : MAX_PORT + 1;
        if (port > MAX_PORT) {
            throw malformed("expected a port");
        }
        return port;
    }

    private int next() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the connection ended within the PROXY header");
        }
        return value;
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended within the PROXY header");
        }
        return bytes;
    }

    private void skip(int count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw new EOFException("the connection ended within the PROXY header");
        }
    }

    private static MalformedProxyHeaderException malformed(String what) {
        return new MalformedProxyHeaderException(what);
    }
}
