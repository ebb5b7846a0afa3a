package dev.weft.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Clients that speak TLS with a server whatever certificate it shows. */
public final class RawTls {
    private static final int LIMIT_MILLIS = 10_000;

    private RawTls() {}

    /** Returns a context that trusts every certificate. */
    public static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Opens a connection that speaks TLS, handshake done. */
    public static RawConnection open(int port) throws IOException {
        return open(port, 0);
    }

    /** Opens a connection that speaks TLS and whose receive buffer has {@code receiveBuffer} bytes; 0 leaves it. */
    public static RawConnection open(int port, int receiveBuffer) throws IOException {
        SSLSocket tls = over(tcp(port, receiveBuffer));
        tls.startHandshake();
        return RawConnection.over(tls);
    }

    /** Returns a connected socket. */
    public static Socket tcp(int port, int receiveBuffer) throws IOException {
        Socket tcp = new Socket();
        if (receiveBuffer > 0) {
            tcp.setReceiveBufferSize(receiveBuffer);
        }
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout(LIMIT_MILLIS);
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
        return tcp;
    }

    /** Returns a client's TLS over {@code tcp}, its handshake still to come. */
    public static SSLSocket over(Socket tcp) throws IOException {
        return (SSLSocket) trusting().getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
    }

    /** Checks nothing, names of hosts neither. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
