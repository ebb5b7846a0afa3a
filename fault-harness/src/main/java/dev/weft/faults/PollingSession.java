package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Engine.IO v4 session over long-polling whose every request is made by hand. */
public final class PollingSession {
    /** What stands between the packets of a body. */
    public static final String NEXT = "\u001e";

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final Executor VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();

    private final int port;
    private final String path;
    private final String handshake;

    private PollingSession(int port, String path, String handshake) {
        this.port = port;
        this.path = path;
        this.handshake = handshake;
    }

    public static PollingSession open(int port, String path) throws IOException {
        RawHttp.Response response = RawHttp.exchange(port, RawHttp.get(path + "?EIO=4&transport=polling"));
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        return new PollingSession(port, path, response.text());
    }

    public static String sidOf(String openPacket) {
        Matcher matcher = SID.matcher(openPacket);
        assertThat(matcher.find()).as(openPacket).isTrue();
        return matcher.group(1);
    }

    /** Returns the open packet. */
    public String handshake() {
        return handshake;
    }

    /** Returns the request target of this session over {@code transport}. */
    public String target(String transport) {
        return path + "?EIO=4&transport=" + transport + "&sid=" + sidOf(handshake);
    }

    public RawHttp.Response poll() throws IOException {
        return RawHttp.exchange(port, RawHttp.get(target("polling")));
    }

    public RawHttp.Response post(String body) throws IOException {
        return RawHttp.exchange(port, RawHttp.post(target("polling"), body, "Content-Type: text/plain;charset=UTF-8"));
    }

    /** Polls on a thread of its own. */
    public CompletableFuture<RawHttp.Response> pollAsync() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return poll();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                VIRTUAL);
    }

    /** Returns a connection on which a GET waits for packets; {@link RawHttp#read} reads its answer. */
    public RawConnection parkedPoll() throws IOException {
        RawConnection connection = RawConnection.open(port).send(RawHttp.get(target("polling")));
        assertThat(connection.silentFor(50)).as("the poll waits").isTrue();
        return connection;
    }

    /** Polls until something else than a ping comes, answering pings. */
    public String pollMessages() throws IOException {
        for (String body = poll().text(); ; body = poll().text()) {
            if (!body.equals("2")) {
                return body;
            }
            assertThat(post("3").status()).isEqualTo(200);
        }
    }

    public RawWebSocket webSocket() throws IOException {
        return RawWebSocket.open(port, target("websocket"));
    }
}
