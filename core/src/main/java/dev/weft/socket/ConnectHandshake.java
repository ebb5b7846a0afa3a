package dev.weft.socket;

import dev.weft.Arguments;
import dev.weft.Handshake;
import dev.weft.HttpRequest;
import java.net.InetSocketAddress;
import java.time.Instant;

/** What a client presented: the request that opened the session and the payload of its CONNECT packet. */
record ConnectHandshake(HttpRequest request, Arguments authArguments, Instant time) implements Handshake {
    @Override
    public InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }
}
