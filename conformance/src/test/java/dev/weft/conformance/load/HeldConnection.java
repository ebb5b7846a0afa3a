package dev.weft.conformance.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One Socket.IO client over WebSocket that joins the main namespace and answers pings. For one thread. */
final class HeldConnection implements AutoCloseable {
    private static final int BUFFER = 512;
    private static final int CONNECT_LIMIT_MILLIS = 20_000;
    private static final byte[] MASK = {1, 2, 3, 4};
    private static final byte[] HANDSHAKE = ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
                    + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);

    private final Socket tcp;
    private final InputStream in;

    private HeldConnection(Socket tcp) throws IOException {
        this.tcp = tcp;
        this.in = new BufferedInputStream(tcp.getInputStream(), BUFFER);
    }

    /** Connects and returns once the server has admitted the client to the main namespace. */
    static HeldConnection open(int port) throws IOException {
        Socket tcp = new Socket();
        tcp.setTcpNoDelay(true);
        tcp.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_LIMIT_MILLIS);
        HeldConnection connection = new HeldConnection(tcp);
        tcp.getOutputStream().write(HANDSHAKE);
        connection.skipHead();
        connection.expect("0{");
        connection.send("40");
        connection.expect("40{");
        return connection;
    }

    private void skipHead() throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = octet();
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
    }

    private void expect(String start) throws IOException {
        String text = next();
        if (!text.startsWith(start)) {
            throw new IOException("expected " + start + "… but got " + text);
        }
    }

    /** Returns the next packet that is not a ping, having answered those; a close frame ends with an exception. */
    String next() throws IOException {
        for (String packet = frame(); ; packet = frame()) {
            if (!packet.equals("2")) {
                return packet;
            }
            send("3");
        }
    }

    private String frame() throws IOException {
        int first = octet();
        int length = octet();
        if (length == 126) {
            length = octet() << 8 | octet();
        }
        byte[] payload = in.readNBytes(length);
        if ((first & 15) == 8 || payload.length < length) {
            throw new EOFException("closed by the server");
        }
        return new String(payload, StandardCharsets.UTF_8);
    }

    private int octet() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("ended by the server");
        }
        return next;
    }

    /** Sends a packet of fewer than 126 characters. */
    void send(String text) throws IOException {
        byte[] frame = new byte[6 + text.length()];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length());
        System.arraycopy(MASK, 0, frame, 2, MASK.length);
        for (int i = 0; i < text.length(); i++) {
            frame[6 + i] = (byte) (text.charAt(i) ^ MASK[i & 3]);
        }
        tcp.getOutputStream().write(frame);
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
