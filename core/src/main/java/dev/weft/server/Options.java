package dev.weft.server;

import static dev.weft.server.OptionChecks.atLeastZero;
import static dev.weft.server.OptionChecks.positive;
import static dev.weft.server.OptionChecks.ranges;
import static dev.weft.server.OptionChecks.within;

import dev.weft.OverflowPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Limits and times of a server. Immutable: every setter returns changed options and leaves these as they are. A setter
 * throws {@link IllegalArgumentException} for a value that is not more than zero, or negative where zero has a meaning.
 *
 * <pre>{@code
 * Options.defaults().pingInterval(Duration.ofSeconds(10)).maxPayload(64_000)
 * }</pre>
 */
public final class Options extends OptionValues {
    private static final Options DEFAULTS = new Options();

    /** So deep may JSON be that Jackson writes, and so many levels of a recursive reader fit any stack. */
    private static final int MAX_JSON_DEPTH = 500;

    private Options() {}

    /** Returns the defaults. */
    public static Options defaults() {
        return DEFAULTS;
    }

    /** Sets how often the server pings an Engine.IO client. A client learns it in the handshake. */
    public Options pingInterval(Duration value) {
        return with(changed -> changed.pingInterval = positive("pingInterval", value));
    }

    /** Sets how long the client may take to answer a ping. Then it is disconnected with reason {@code ping timeout}. */
    public Options pingTimeout(Duration value) {
        return with(changed -> changed.pingTimeout = positive("pingTimeout", value));
    }

    /** Sets how long a client may stay without joining a namespace. Then its session is closed. */
    public Options connectTimeout(Duration value) {
        return with(changed -> changed.connectTimeout = positive("connectTimeout", value));
    }

    /**
     * Sets how long {@code allowRequest}, an authorizer and middlewares together may take. Then they are interrupted, and the client is
     * refused.
     */
    public Options authTimeout(Duration value) {
        return with(changed -> changed.authTimeout = positive("authTimeout", value));
    }

    /** Sets how long an upgrade from polling to WebSocket may take. Then the probing WebSocket is closed and polling goes on. */
    public Options upgradeTimeout(Duration value) {
        return with(changed -> changed.upgradeTimeout = positive("upgradeTimeout", value));
    }

    /**
     * Sets how long the binary attachments of one packet may take to come. Then its client is disconnected with reason {@code parse
     * error}.
     */
    public Options attachmentTimeout(Duration value) {
        return with(changed -> changed.attachmentTimeout = positive("attachmentTimeout", value));
    }

    /**
     * Sets how long an acknowledgement may take where no {@code timeout(…)} is given. Then the waiting call fails with {@code
     * AckTimeoutException}.
     */
    public Options ackTimeout(Duration value) {
        return with(changed -> changed.ackTimeout = positive("ackTimeout", value));
    }

    /** Sets how long a write may make no progress. Then the connection is cut with reason {@code write timeout}. */
    public Options writeTimeout(Duration value) {
        return with(changed -> changed.writeTimeout = positive("writeTimeout", value));
    }

    /**
     * Sets how long a request head may take, for the first one from the start of the connection, TLS handshake included. Then the
     * connection is closed.
     */
    public Options handshakeTimeout(Duration value) {
        return with(changed -> changed.handshakeTimeout = positive("handshakeTimeout", value));
    }

    /** Sets how long an HTTP connection may stay idle between requests. Then the connection is closed. */
    public Options idleTimeout(Duration value) {
        return with(changed -> changed.idleTimeout = positive("idleTimeout", value));
    }

    /** Sets how long a closing handshake may take. Then the connection is cut. */
    public Options closeTimeout(Duration value) {
        return with(changed -> changed.closeTimeout = positive("closeTimeout", value));
    }

    /**
     * Sets how long running handlers and queued messages may hold up a stop. At half of it, clients whose handlers still
     * run are told as well; then everything left is cut.
     */
    public Options shutdownTimeout(Duration value) {
        return with(changed -> changed.shutdownTimeout = positive("shutdownTimeout", value));
    }

    /**
     * Sets how long clients stay connected after {@code /readyz} has begun to fail. Then they are told that the server stops; a load
     * balancer needs the time to send them elsewhere when they come back.
     */
    public Options drainDelay(Duration value) {
        return with(changed -> changed.drainDelay = atLeastZero("drainDelay", value));
    }

    /**
     * Sets over how long many clients are told that the server stops. At most 20 waves of at least 100 clients spread over it, so that
     * 100 clients are told at once.
     */
    public Options drainPeriod(Duration value) {
        return with(changed -> changed.drainPeriod = atLeastZero("drainPeriod", value));
    }

    /**
     * Sets how long a handler may keep a client's pongs unread before the client counts as gone. Then it is disconnected with reason
     * {@code ping timeout}.
     */
    public Options maxHandlerStall(Duration value) {
        return with(changed -> changed.maxHandlerStall = positive("maxHandlerStall", value));
    }

    /**
     * Sets the most bytes of one Engine.IO message, polling body, or packet with its attachments. A larger one is refused with close
     * code 1009 or status 413.
     */
    public Options maxPayload(int value) {
        return with(changed -> changed.maxPayload = positive("maxPayload", value));
    }

    /** Sets the most binary attachments of one packet. A packet that announces more is a parse error. */
    public Options maxAttachments(int value) {
        return with(changed -> changed.maxAttachments = positive("maxAttachments", value));
    }

    /** Sets the most bytes of one message on a raw WebSocket. A larger one is refused with close code 1009. */
    public Options maxMessage(int value) {
        return with(changed -> changed.maxMessage = positive("maxMessage", value));
    }

    /** Sets the most frames of one fragmented message. One more is refused with close code 1008. */
    public Options maxFragments(int value) {
        return with(changed -> changed.maxFragments = positive("maxFragments", value));
    }

    /** Sets the most bytes that may wait to be sent to one client. Then {@code overflow} applies. */
    public Options maxQueuedBytes(int value) {
        return with(changed -> changed.maxQueuedBytes = positive("maxQueuedBytes", value));
    }

    /** Sets the most messages that may wait to be sent to one client. Then {@code overflow} applies. */
    public Options maxQueuedMessages(int value) {
        return with(changed -> changed.maxQueuedMessages = positive("maxQueuedMessages", value));
    }

    /**
     * Sets what a message meets when as much waits as may. Namespaces and WebSockets may have a policy of their own; what each does
     * stands at {@code OverflowPolicy}.
     */
    public Options overflow(OverflowPolicy value) {
        return with(changed -> changed.overflow = value);
    }

    /** Sets how long a sender waits for room where the policy is {@code BLOCK}. Then the message is refused. */
    public Options blockTimeout(Duration value) {
        return with(changed -> changed.blockTimeout = positive("blockTimeout", value));
    }

    /** Sets the most arrays and objects within each other in a packet, at most 500. A deeper one ends the connection as a parse error. */
    public Options maxJsonDepth(int value) {
        return with(changed -> changed.maxJsonDepth = within("maxJsonDepth", value, MAX_JSON_DEPTH));
    }

    /**
     * Sets the most bytes of events that may wait for a busy handler of one client. Then it is disconnected with reason {@code queue
     * limit}.
     */
    public Options maxInboxBytes(int value) {
        return with(changed -> changed.maxInboxBytes = positive("maxInboxBytes", value));
    }

    /** Sets the most acknowledgements that may be waited for from one socket. One more fails at the caller. */
    public Options maxPendingAcks(int value) {
        return with(changed -> changed.maxPendingAcks = positive("maxPendingAcks", value));
    }

    /** Sets the most namespaces of one client. One more is refused with a CONNECT_ERROR packet. */
    public Options maxNamespacesPerClient(int value) {
        return with(changed -> changed.maxNamespacesPerClient = positive("maxNamespacesPerClient", value));
    }

    /** Sets the most rooms of one socket. One more fails at the caller. */
    public Options maxRoomsPerSocket(int value) {
        return with(changed -> changed.maxRoomsPerSocket = positive("maxRoomsPerSocket", value));
    }

    /** Sets the most TCP connections. One more is closed at once. */
    public Options maxConnections(int value) {
        return with(changed -> changed.maxConnections = positive("maxConnections", value));
    }

    /**
     * Sets the most TCP connections, and sessions opened by long-polling, of one address. One more connection is closed at once, one more
     * session or WebSocket behind a trusted proxy is refused with status 429. An IPv6 address counts together with all others of its /64.
     */
    public Options maxConnectionsPerAddress(int value) {
        return with(changed -> changed.maxConnectionsPerAddress = positive("maxConnectionsPerAddress", value));
    }

    /**
     * Sets how many of them one address may open in a second, twice as many at once. More are refused as beyond {@code
     * maxConnectionsPerAddress}; 0 means no limit.
     */
    public Options connectRatePerAddress(int value) {
        return with(changed -> changed.connectRatePerAddress = atLeastZero("connectRatePerAddress", value));
    }

    /**
     * Sets the addresses to which these two limits do not apply. A proxy on the same machine brings everybody's connections, so loopback
     * is among them unless told otherwise; so are all of {@code trustedProxies}.
     *
     * @throws IllegalArgumentException if one is neither an address nor a range such as {@code 10.0.0.0/8}
     */
    public Options unlimitedAddresses(List<String> ranges) {
        return with(changed -> changed.unlimitedAddresses = ranges(ranges));
    }

    /**
     * Sets the proxies that are believed who their client is. Requests that come from these addresses or ranges count as those of the
     * client that {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Forwarded-Host} name. Such a proxy must set or remove
     * these fields.
     *
     * @throws IllegalArgumentException if one is neither an address nor a range such as {@code 10.0.0.0/8}
     */
    public Options trustedProxies(List<String> ranges) {
        return with(changed -> changed.trustedProxies = ranges(ranges));
    }

    /**
     * Sets whether every connection begins with a PROXY header, version 1 or 2. Then a connection that does not begin with one within
     * {@code handshakeTimeout}, or that comes from none of {@code trustedProxies}, is cut.
     */
    public Options proxyProtocol(boolean value) {
        return with(changed -> changed.proxyProtocol = value);
    }

    /**
     * Sets how many messages one client may send in a second, twice as many at once. Control frames count. More are read later: the client
     * is held back; 0 means no limit.
     */
    public Options messageRate(int value) {
        return with(changed -> changed.messageRate = atLeastZero("messageRate", value));
    }

    /**
     * Sets how many bytes one client may send in a second, twice as many at once. Frame heads count. More are read later: the client is
     * held back; 0 means no limit.
     */
    public Options byteRate(int value) {
        return with(changed -> changed.byteRate = atLeastZero("byteRate", value));
    }

    /**
     * Sets how long a client may go on sending more than its rates while it is held back. Then it is disconnected with close code 1008 or
     * status 429, and reason {@code rate limit}.
     */
    public Options rateLimitPatience(Duration value) {
        return with(changed -> changed.rateLimitPatience = positive("rateLimitPatience", value));
    }

    /** Sets the most Engine.IO sessions of one path. One more is refused with status 503. */
    public Options maxSessions(int value) {
        return with(changed -> changed.maxSessions = positive("maxSessions", value));
    }

    /**
     * Sets how many bytes of one connection the operating system may hold unsent. A larger buffer moves large messages faster over long
     * ways; a smaller one lets volatile events skip slow clients sooner; 0 leaves it to the system.
     */
    public Options sendBuffer(int value) {
        return with(changed -> changed.sendBuffer = atLeastZero("sendBuffer", value));
    }

    /** Sets whether and how WebSocket messages are compressed. {@code Compression.on()} agrees to what clients offer. */
    public Options compression(Compression value) {
        return with(changed -> changed.compression = value);
    }

    /** Sets the most bytes of an HTTP request line. A longer one is refused with status 414. */
    public Options maxRequestLine(int value) {
        return with(changed -> changed.maxRequestLine = positive("maxRequestLine", value));
    }

    /** Sets the most bytes of all HTTP header fields. More are refused with status 431. */
    public Options maxHeaderBytes(int value) {
        return with(changed -> changed.maxHeaderBytes = positive("maxHeaderBytes", value));
    }

    /** Sets the most HTTP header fields. More are refused with status 431. */
    public Options maxHeaders(int value) {
        return with(changed -> changed.maxHeaders = positive("maxHeaders", value));
    }

    /** Sets the most bytes of a request body for an application route. A larger one is refused with status 413. */
    public Options maxBody(int value) {
        return with(changed -> changed.maxBody = positive("maxBody", value));
    }

    /** Sets how many TCP connections may wait to be accepted. The operating system refuses more. */
    public Options acceptBacklog(int value) {
        return with(changed -> changed.acceptBacklog = positive("acceptBacklog", value));
    }

    /**
     * Sets how many TLS handshakes may compute at the same time. More wait for their turn, within {@code handshakeTimeout}; those that
     * wait for their peer do not count. 0 means half of the processors, and at least one.
     */
    public Options tlsHandshakesAtOnce(int value) {
        return with(changed -> changed.tlsHandshakesAtOnce = atLeastZero("tlsHandshakesAtOnce", value));
    }

    private Options with(Consumer<Options> change) {
        try {
            Options changed = (Options) clone();
            change.accept(changed);
            return changed;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
