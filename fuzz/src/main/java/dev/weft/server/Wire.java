package dev.weft.server;

import dev.weft.Message;
import dev.weft.fuzz.Expect;
import dev.weft.ws.Frames;
import dev.weft.ws.NearFrames;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One TCP connection to the server. What the server may do at any time, such as to close it, is no failure of a write. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket tcp;
    private final InputStream in;

    Wire(int port) throws IOException {
        tcp = new Socket(InetAddress.getLoopbackAddress(), port);
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout(PATIENCE_MILLIS);
        in = tcp.getInputStream();
    }

    void write(byte[] bytes) {
        try {
            tcp.getOutputStream().write(bytes);
        } catch (IOException serverHasClosed) {
            return;
        }
    }

    void write(String text) {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void message(Message message) {
        write(NearFrames.masked(Frames.of(message).toByteArray()));
    }

    /** Reads up to an empty line; returns what came if the server closes before. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.append((char) b);
        }
        return head.toString();
    }

    String text(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Reads a frame of less than 126 bytes and returns its payload. */
    String frame() throws IOException {
        int first = in.read();
        Expect.that(first == 0x81, "a text frame came, not " + first);
        return text(in.read());
    }

    /** Drops what has come so far. */
    void take() {
        try {
            in.skipNBytes(Math.min(in.available(), 4096));
        } catch (IOException serverHasClosed) {
            return;
        }
    }

    /** Sends nothing more. */
    void halfClose() {
        try {
            tcp.shutdownOutput();
        } catch (IOException serverHasClosed) {
            return;
        }
    }

    /** Ends it as a client does that crashes. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    /** Sends nothing more and demands that the server ends the connection. */
    @Override
    public void close() throws IOException {
        if (tcp.isClosed()) {
            return;
        }
        halfClose();
        try (tcp) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("expected the end of a connection whose client ended it but it stays open", e);
        } catch (IOException reset) {
            return;
        }
    }
}
