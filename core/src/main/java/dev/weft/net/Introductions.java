package dev.weft.net;

import dev.weft.DisconnectReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the clients that proxies introduce before anything else, TLS included.
 *
 * @param proxies who may introduce; connections of others are cut
 * @param timeout how long an introduction may take
 */
public record Introductions(AddressRanges proxies, Duration timeout) {
    /**
     * Reads the introduction of a new connection on its thread; returns whether it may go on.
     *
     * @throws IOException if there is none, or the connection ends
     */
    boolean receive(TcpConnection connection, Socket tcp, NetRuntime runtime) throws IOException {
        if (!proxies.contains(tcp.getInetAddress())) {
            return false;
        }
        InetSocketAddress client = read(connection, tcp, runtime);
        if (client == null) {
            return true; // the proxy speaks for itself
        }
        connection.introduced(client);
        if (!(runtime.admission().client(client.getAddress()) instanceof Admission.Permit permit)) {
            return false;
        }
        connection.hold(permit);
        return true;
    }

    private @Nullable InetSocketAddress read(TcpConnection connection, Socket tcp, NetRuntime runtime)
            throws IOException {
        Clock.Timer deadline =
                runtime.carriers().deadline(timeout, () -> connection.kill(DisconnectReason.TRANSPORT_ERROR));
        connection.idle(true);
        try {
            return ProxyHeader.read(tcp.getInputStream());
        } finally {
            connection.idle(false);
            deadline.cancel();
        }
    }
}
