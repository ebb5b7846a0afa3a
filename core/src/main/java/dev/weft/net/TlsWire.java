package dev.weft.net;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Bytes through TLS (RFC 8446, RFC 5246). */
final class TlsWire implements Wire {
    private final Socket tcp;
    private final OutputStream raw;
    private final TlsLayer layer;
    private final Carriers carriers;

    private final Decrypted input;

    /** What follows is set by {@link #open}. */
    private @Nullable SSLSocket tls;

    private @Nullable OutputStream output;

    TlsWire(Socket tcp, OutputStream raw, TlsLayer layer, Carriers carriers) throws IOException {
        this.tcp = tcp;
        this.raw = raw;
        this.layer = layer;
        this.carriers = carriers;
        input = new Decrypted(tcp.getInputStream());
    }

    @Override
    public boolean open() throws IOException {
        int first = tcp.getInputStream().read(); // until then the peer costs next to nothing
        if (first < 0) {
            throw new EOFException("the connection ended before its TLS handshake");
        }
        if (startsMethod(first)) {
            output = raw;
            return false;
        }
        handshake(new ByteArrayInputStream(new byte[] {(byte) first}));
        return true;
    }

    /** Records of a handshake start with 22, requests with a letter (RFC 8446, section 5.1; RFC 9110, section 9.1). */
    private static boolean startsMethod(int first) {
        return first >= 'A' && first <= 'Z';
    }

    private void handshake(InputStream consumed) throws IOException {
        Turn turn = layer.turn();
        turn.take();
        try {
            SSLSocket socket = layer.over(new LayeredSocket(tcp, raw, turn, carriers), consumed);
            socket.startHandshake();
            TlsLayer.forbidRenegotiation(socket);
            input.plain = socket.getInputStream();
            output = socket.getOutputStream();
            tls = socket;
        } finally {
            turn.give();
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return opened(output);
    }

    private static <T> T opened(@Nullable T stream) {
        if (stream == null) {
            throw new IllegalStateException("the connection is not open");
        }
        return stream;
    }

    @Override
    public void endOutput() throws IOException {
        SSLSocket socket = tls;
        if (socket != null) {
            socket.shutdownOutput(); // close_notify (RFC 8446, section 6.1)
        }
        tcp.shutdownOutput();
    }

    @Override
    public boolean secure() {
        return true;
    }

    /** What the peer says; what has arrived counts as available before it is decrypted. */
    private static final class Decrypted extends InputStream {
        private final InputStream encrypted;
        private volatile @Nullable InputStream plain;

        Decrypted(InputStream encrypted) {
            this.encrypted = encrypted;
        }

        @Override
        public int read() throws IOException {
            return opened(plain).read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return opened(plain).read(target, offset, length);
        }

        @Override
        public int available() throws IOException {
            InputStream open = plain;
            return (open == null ? 0 : open.available()) + encrypted.available();
        }
    }
}
