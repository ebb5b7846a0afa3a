package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The client side of one WebSocket connection, which never answers anything by itself. */
public final class RawWebSocket implements AutoCloseable {
    private final RawConnection connection;

    private RawWebSocket(RawConnection connection) {
        this.connection = connection;
    }

    /** Returns an opening handshake. */
    public static String handshake(String target, String... headerLines) {
        String[] all = new String[headerLines.length + 4];
        all[0] = "Upgrade: websocket";
        all[1] = "Connection: Upgrade";
        all[2] = "Sec-WebSocket-Version: 13";
        all[3] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        System.arraycopy(headerLines, 0, all, 4, headerLines.length);
        return RawHttp.get(target, all);
    }

    public static RawWebSocket open(int port, String target) throws IOException {
        RawConnection connection = RawConnection.open(port);
        connection.send(handshake(target));
        return upgraded(connection);
    }

    /** Reads the answer to a handshake that was sent over {@code connection}. */
    public static RawWebSocket upgraded(RawConnection connection) throws IOException {
        RawHttp.Response response = RawHttp.read(connection);
        assertThat(response.status()).as(response.toString()).isEqualTo(101);
        return new RawWebSocket(connection);
    }

    /** Returns a WebSocket over {@code connection}, whose handshake has been answered. */
    public static RawWebSocket over(RawConnection connection) {
        return new RawWebSocket(connection);
    }

    public RawConnection raw() {
        return connection;
    }

    public RawWebSocket send(Frame... frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            all.write(frame.masked());
        }
        connection.send(all.toByteArray());
        return this;
    }

    public RawWebSocket send(String text) throws IOException {
        return send(Frame.text(text));
    }

    public RawWebSocket send(byte[] binary) throws IOException {
        return send(Frame.of(Frame.BINARY, binary));
    }

    /** Returns the next frame; the end is an error. */
    public Frame next() throws IOException {
        Frame frame = Frame.read(connection);
        if (frame == null) {
            throw new IOException("the connection ended without a close frame");
        }
        return frame;
    }

    /** Returns the next message, put together from its fragments; a control frame is an error. */
    public Frame message() throws IOException {
        Frame first = next();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(first.payload());
        for (Frame frame = first; !frame.fin(); ) {
            frame = next();
            assertThat(frame.opcode()).as(frame.toString()).isZero();
            payload.write(frame.payload());
        }
        assertThat(first.opcode()).as(first.toString()).isIn(Frame.TEXT, Frame.BINARY);
        return Frame.of(first.opcode(), payload.toByteArray());
    }

    /** Returns the next message, which is a text. */
    public String text() throws IOException {
        Frame message = message();
        assertThat(message.opcode()).as(message.toString()).isEqualTo(Frame.TEXT);
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    /** Expects a close frame with {@code code} next, answers it, and expects the server to end the connection. */
    public void expectClose(int code) throws IOException {
        Frame frame = next();
        assertThat(frame.opcode()).as(frame.toString()).isEqualTo(Frame.CLOSE);
        assertThat(frame.closeCode()).as(frame.toString()).isEqualTo(code);
        connection.trySend(frame.masked());
        assertThat(connection.ended()).as("TCP ended by the server").isTrue();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
