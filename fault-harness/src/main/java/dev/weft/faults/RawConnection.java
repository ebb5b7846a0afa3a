package dev.weft.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A TCP connection that sends exactly the bytes and segments that it is told to, and reads with a time limit. */
public final class RawConnection implements AutoCloseable {
    private static final int READ_LIMIT_MILLIS = 10_000;

    private final Socket tcp;
    private final InputStream in;
    private final OutputStream out;

    private RawConnection(Socket tcp) throws IOException {
        this.tcp = tcp;
        this.in = new BufferedInputStream(tcp.getInputStream());
        this.out = tcp.getOutputStream();
    }

    public static RawConnection open(int port) throws IOException {
        return open(port, 0);
    }

    /** Opens a connection whose receive buffer has {@code receiveBuffer} bytes; 0 means what the system chooses. */
    public static RawConnection open(int port, int receiveBuffer) throws IOException {
        Socket tcp = new Socket();
        if (receiveBuffer > 0) {
            tcp.setReceiveBufferSize(receiveBuffer);
        }
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), READ_LIMIT_MILLIS);
        return over(tcp);
    }

    /** Takes a connected socket over, for example one that speaks TLS. */
    public static RawConnection over(Socket connected) throws IOException {
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(READ_LIMIT_MILLIS);
        return new RawConnection(connected);
    }

    /** Sets how long a read may wait; 0 means for ever. */
    public RawConnection readLimit(int millis) throws IOException {
        tcp.setSoTimeout(millis);
        return this;
    }

    /** Sends {@code bytes} in one write. */
    public RawConnection send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Sends the characters of {@code latin1}, one byte each, in one write. */
    public RawConnection send(String latin1) throws IOException {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends {@code bytes} in writes of {@code size} bytes, each in a segment of its own as far as TCP keeps them apart. */
    public RawConnection sendInPieces(byte[] bytes, int size) throws IOException {
        for (int at = 0; at < bytes.length; at += size) {
            send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
        return this;
    }

    /** Sends what a server may have stopped reading: a broken connection is not the matter then. */
    public RawConnection trySend(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException e) {
            // What the server answered before is still to be read.
        }
        return this;
    }

    public void halfClose() throws IOException {
        tcp.shutdownOutput();
    }

    /** Returns the next byte, or -1 at the end. */
    public int read() throws IOException {
        return in.read();
    }

    public byte[] readExactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("expected " + count + " bytes but the connection ended after " + bytes.length);
        }
        return bytes;
    }

    /** Returns everything up to the end. */
    public byte[] readAll() throws IOException {
        return in.readAllBytes();
    }

    /** Returns whether the server has closed, waiting for it at most the read limit; unread bytes are an error. */
    public boolean ended() throws IOException {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new IOException("expected the end but got byte 0x" + Integer.toHexString(next));
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Returns whether nothing arrives for {@code millis}. */
    public boolean silentFor(int millis) throws IOException {
        tcp.setSoTimeout(millis);
        try {
            in.mark(1);
            in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            tcp.setSoTimeout(READ_LIMIT_MILLIS);
        }
    }

    /** Ends the connection with a reset instead of a FIN. */
    public void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
