package dev.weft.net;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/**
 * The connection as TLS sees it from above: waiting for the peer gives the turn to compute back, and closing leaves the
 * raw socket alone, which its {@link TcpConnection} closes.
 */
final class LayeredSocket extends Socket {
    private final Socket tcp;
    private final InputStream input;
    private final OutputStream output;

    LayeredSocket(Socket tcp, OutputStream raw, Turn turn, Carriers carriers) throws IOException {
        super((@Nullable SocketImpl) null);
        this.tcp = tcp;
        input = new Input(tcp.getInputStream(), turn, carriers);
        output = new Output(raw, turn);
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public void close() {
        // whoever owns the connection closes it
    }

    @Override
    public void shutdownInput() {
        // the end of the peer's TLS stream is not yet the end of TCP
    }

    @Override
    public void shutdownOutput() {
        // follows the last record, by the owner
    }

    @Override
    public boolean isConnected() {
        return tcp.isConnected();
    }

    @Override
    public boolean isBound() {
        return tcp.isBound();
    }

    @Override
    public boolean isClosed() {
        return tcp.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return tcp.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return tcp.isOutputShutdown();
    }

    @Override
    public InetAddress getInetAddress() {
        return tcp.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return tcp.getLocalAddress();
    }

    @Override
    public int getPort() {
        return tcp.getPort();
    }

    @Override
    public int getLocalPort() {
        return tcp.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return tcp.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return tcp.getLocalSocketAddress();
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return tcp.getSoTimeout();
    }

    @Override
    public int getSoLinger() throws SocketException {
        return tcp.getSoLinger();
    }

    private static final class Input extends FilterInputStream {
        private final Turn turn;
        private final Carriers carriers;

        Input(InputStream in, Turn turn, Carriers carriers) {
            super(in);
            this.turn = turn;
            this.carriers = carriers;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            boolean given = turn.give();
            try {
                carriers.giveWay(); // records without data, of which a peer may send any number, never get further up
                return super.read(target, offset, length);
            } finally {
                turn.takeBack(given);
            }
        }
    }

    private static final class Output extends FilterOutputStream {
        private final Turn turn;

        Output(OutputStream out, Turn turn) {
            super(out);
            this.turn = turn;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean given = turn.give();
            try {
                out.write(bytes, offset, length);
            } finally {
                turn.takeBack(given);
            }
        }
    }
}
