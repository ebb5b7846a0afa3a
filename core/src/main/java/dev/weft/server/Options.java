package dev.weft.server;

import dev.weft.OverflowPolicy;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Limits and times of a server. Immutable: every setter returns changed options and leaves these as they are. A setter
 * throws {@link IllegalArgumentException} for a value that is not more than zero, or negative where zero has a meaning.
 *
 * <pre>{@code
 * Options.defaults().pingInterval(Duration.ofSeconds(10)).maxPayload(64_000)
 * }</pre>
 */
public final class Options {
    private static final Options DEFAULTS = new Options(new OptionValues());

    private final OptionValues values;

    private Options(OptionValues values) {
        this.values = values;
    }

    /** Returns the defaults. */
    public static Options defaults() {
        return DEFAULTS;
    }

    /** Returns how often the server pings an Engine.IO client: 25 s by default. */
    public Duration pingInterval() {
        return values.pingInterval;
    }

    /** Sets how often the server pings an Engine.IO client. A client learns it in the handshake. */
    public Options pingInterval(Duration value) {
        return with(changed -> changed.pingInterval = positive("pingInterval", value));
    }

    /** Returns how long the client may take to answer a ping: 20 s by default. */
    public Duration pingTimeout() {
        return values.pingTimeout;
    }

    /** Sets how long the client may take to answer a ping. Then it is disconnected with reason {@code ping timeout}. */
    public Options pingTimeout(Duration value) {
        return with(changed -> changed.pingTimeout = positive("pingTimeout", value));
    }

    /** Returns how long a client may stay without joining a namespace: 45 s by default. */
    public Duration connectTimeout() {
        return values.connectTimeout;
    }

    /** Sets how long a client may stay without joining a namespace. Then its session is closed. */
    public Options connectTimeout(Duration value) {
        return with(changed -> changed.connectTimeout = positive("connectTimeout", value));
    }

    /** Returns how long {@code allowRequest}, an authorizer and middlewares together may take: 10 s by default. */
    public Duration authTimeout() {
        return values.authTimeout;
    }

    /**
     * Sets how long {@code allowRequest}, an authorizer and middlewares together may take. Then they are interrupted, and the client is
     * refused.
     */
    public Options authTimeout(Duration value) {
        return with(changed -> changed.authTimeout = positive("authTimeout", value));
    }

    /** Returns how long an upgrade from polling to WebSocket may take: 10 s by default. */
    public Duration upgradeTimeout() {
        return values.upgradeTimeout;
    }

    /** Sets how long an upgrade from polling to WebSocket may take. Then the probing WebSocket is closed and polling goes on. */
    public Options upgradeTimeout(Duration value) {
        return with(changed -> changed.upgradeTimeout = positive("upgradeTimeout", value));
    }

    /** Returns how long the binary attachments of one packet may take to come: 60 s by default. */
    public Duration attachmentTimeout() {
        return values.attachmentTimeout;
    }

    /**
     * Sets how long the binary attachments of one packet may take to come. Then its client is disconnected with reason {@code parse
     * error}.
     */
    public Options attachmentTimeout(Duration value) {
        return with(changed -> changed.attachmentTimeout = positive("attachmentTimeout", value));
    }

    /** Returns how long an acknowledgement may take where no {@code timeout(…)} is given: 30 s by default. */
    public Duration ackTimeout() {
        return values.ackTimeout;
    }

    /**
     * Sets how long an acknowledgement may take where no {@code timeout(…)} is given. Then the waiting call fails with {@code
     * AckTimeoutException}.
     */
    public Options ackTimeout(Duration value) {
        return with(changed -> changed.ackTimeout = positive("ackTimeout", value));
    }

    /** Returns how long a write may make no progress: 10 s by default. */
    public Duration writeTimeout() {
        return values.writeTimeout;
    }

    /** Sets how long a write may make no progress. Then the connection is cut with reason {@code write timeout}. */
    public Options writeTimeout(Duration value) {
        return with(changed -> changed.writeTimeout = positive("writeTimeout", value));
    }

    /** Returns how long a request head may take from its first to its last byte: 10 s by default. */
    public Duration handshakeTimeout() {
        return values.handshakeTimeout;
    }

    /** Sets how long a request head may take from its first to its last byte. Then the connection is closed. */
    public Options handshakeTimeout(Duration value) {
        return with(changed -> changed.handshakeTimeout = positive("handshakeTimeout", value));
    }

    /** Returns how long an HTTP connection may stay idle between requests: 60 s by default. */
    public Duration idleTimeout() {
        return values.idleTimeout;
    }

    /** Sets how long an HTTP connection may stay idle between requests. Then the connection is closed. */
    public Options idleTimeout(Duration value) {
        return with(changed -> changed.idleTimeout = positive("idleTimeout", value));
    }

    /** Returns how long a closing handshake may take: 5 s by default. */
    public Duration closeTimeout() {
        return values.closeTimeout;
    }

    /** Sets how long a closing handshake may take. Then the connection is cut. */
    public Options closeTimeout(Duration value) {
        return with(changed -> changed.closeTimeout = positive("closeTimeout", value));
    }

    /** Returns how long running handlers and queued messages may hold up a stop: 10 s by default. */
    public Duration shutdownTimeout() {
        return values.shutdownTimeout;
    }

    /**
     * Sets how long running handlers and queued messages may hold up a stop. At half of it, clients whose handlers still
     * run are told as well; then everything left is cut.
     */
    public Options shutdownTimeout(Duration value) {
        return with(changed -> changed.shutdownTimeout = positive("shutdownTimeout", value));
    }

    /** Returns how long clients stay connected after {@code /readyz} has begun to fail: 0 s by default. */
    public Duration drainDelay() {
        return values.drainDelay;
    }

    /**
     * Sets how long clients stay connected after {@code /readyz} has begun to fail. Then they are told that the server stops; a load
     * balancer needs the time to send them elsewhere when they come back.
     */
    public Options drainDelay(Duration value) {
        return with(changed -> changed.drainDelay = atLeastZero("drainDelay", value));
    }

    /** Returns over how long many clients are told that the server stops: 2 s by default. */
    public Duration drainPeriod() {
        return values.drainPeriod;
    }

    /**
     * Sets over how long many clients are told that the server stops. At most 20 waves of at least 100 clients spread over it, so that
     * 100 clients are told at once.
     */
    public Options drainPeriod(Duration value) {
        return with(changed -> changed.drainPeriod = atLeastZero("drainPeriod", value));
    }

    /** Returns how long a handler may keep a client's pongs unread before the client counts as gone: 5 min by default. */
    public Duration maxHandlerStall() {
        return values.maxHandlerStall;
    }

    /**
     * Sets how long a handler may keep a client's pongs unread before the client counts as gone. Then it is disconnected with reason
     * {@code ping timeout}.
     */
    public Options maxHandlerStall(Duration value) {
        return with(changed -> changed.maxHandlerStall = positive("maxHandlerStall", value));
    }

    /** Returns the most bytes of one Engine.IO message, polling body, or packet with its attachments: 1,000,000 by default. */
    public int maxPayload() {
        return values.maxPayload;
    }

    /**
     * Sets the most bytes of one Engine.IO message, polling body, or packet with its attachments. A larger one is refused with close
     * code 1009 or status 413.
     */
    public Options maxPayload(int value) {
        return with(changed -> changed.maxPayload = positive("maxPayload", value));
    }

    /** Returns the most binary attachments of one packet: 10 by default. */
    public int maxAttachments() {
        return values.maxAttachments;
    }

    /** Sets the most binary attachments of one packet. A packet that announces more is a parse error. */
    public Options maxAttachments(int value) {
        return with(changed -> changed.maxAttachments = positive("maxAttachments", value));
    }

    /** Returns the most bytes of one message on a raw WebSocket: 1,000,000 by default. */
    public int maxMessage() {
        return values.maxMessage;
    }

    /** Sets the most bytes of one message on a raw WebSocket. A larger one is refused with close code 1009. */
    public Options maxMessage(int value) {
        return with(changed -> changed.maxMessage = positive("maxMessage", value));
    }

    /** Returns the most frames of one fragmented message: 10,000 by default. */
    public int maxFragments() {
        return values.maxFragments;
    }

    /** Sets the most frames of one fragmented message. One more is refused with close code 1008. */
    public Options maxFragments(int value) {
        return with(changed -> changed.maxFragments = positive("maxFragments", value));
    }

    /** Returns the most bytes that may wait to be sent to one client: 16,777,216 by default. */
    public int maxQueuedBytes() {
        return values.maxQueuedBytes;
    }

    /** Sets the most bytes that may wait to be sent to one client. Then {@code overflow} applies. */
    public Options maxQueuedBytes(int value) {
        return with(changed -> changed.maxQueuedBytes = positive("maxQueuedBytes", value));
    }

    /** Returns the most messages that may wait to be sent to one client: 20,000 by default. */
    public int maxQueuedMessages() {
        return values.maxQueuedMessages;
    }

    /** Sets the most messages that may wait to be sent to one client. Then {@code overflow} applies. */
    public Options maxQueuedMessages(int value) {
        return with(changed -> changed.maxQueuedMessages = positive("maxQueuedMessages", value));
    }

    /** Returns what a message meets when as much waits as may: CLOSE by default. */
    public OverflowPolicy overflow() {
        return values.overflow;
    }

    /**
     * Sets what a message meets when as much waits as may. Namespaces and WebSockets may have a policy of their own; what each does
     * stands at {@code OverflowPolicy}.
     */
    public Options overflow(OverflowPolicy value) {
        return with(changed -> changed.overflow = value);
    }

    /** Returns how long a sender waits for room where the policy is {@code BLOCK}: 1 s by default. */
    public Duration blockTimeout() {
        return values.blockTimeout;
    }

    /** Sets how long a sender waits for room where the policy is {@code BLOCK}. Then the message is refused. */
    public Options blockTimeout(Duration value) {
        return with(changed -> changed.blockTimeout = positive("blockTimeout", value));
    }

    /** Returns the most bytes of events that may wait for a busy handler of one client: 8,388,608 by default. */
    public int maxInboxBytes() {
        return values.maxInboxBytes;
    }

    /**
     * Sets the most bytes of events that may wait for a busy handler of one client. Then it is disconnected with reason {@code queue
     * limit}.
     */
    public Options maxInboxBytes(int value) {
        return with(changed -> changed.maxInboxBytes = positive("maxInboxBytes", value));
    }

    /** Returns the most acknowledgements that may be waited for from one socket: 10,000 by default. */
    public int maxPendingAcks() {
        return values.maxPendingAcks;
    }

    /** Sets the most acknowledgements that may be waited for from one socket. One more fails at the caller. */
    public Options maxPendingAcks(int value) {
        return with(changed -> changed.maxPendingAcks = positive("maxPendingAcks", value));
    }

    /** Returns the most namespaces of one client: 32 by default. */
    public int maxNamespacesPerClient() {
        return values.maxNamespacesPerClient;
    }

    /** Sets the most namespaces of one client. One more is refused with a CONNECT_ERROR packet. */
    public Options maxNamespacesPerClient(int value) {
        return with(changed -> changed.maxNamespacesPerClient = positive("maxNamespacesPerClient", value));
    }

    /** Returns the most rooms of one socket: 1,000 by default. */
    public int maxRoomsPerSocket() {
        return values.maxRoomsPerSocket;
    }

    /** Sets the most rooms of one socket. One more fails at the caller. */
    public Options maxRoomsPerSocket(int value) {
        return with(changed -> changed.maxRoomsPerSocket = positive("maxRoomsPerSocket", value));
    }

    /** Returns the most TCP connections: 100,000 by default. */
    public int maxConnections() {
        return values.maxConnections;
    }

    /** Sets the most TCP connections. One more is closed at once. */
    public Options maxConnections(int value) {
        return with(changed -> changed.maxConnections = positive("maxConnections", value));
    }

    /** Returns the most Engine.IO sessions of one path: 100,000 by default. */
    public int maxSessions() {
        return values.maxSessions;
    }

    /** Sets the most Engine.IO sessions of one path. One more is refused with status 503. */
    public Options maxSessions(int value) {
        return with(changed -> changed.maxSessions = positive("maxSessions", value));
    }

    /** Returns how many bytes of one connection the operating system may hold unsent: 65,536 by default. */
    public int sendBuffer() {
        return values.sendBuffer;
    }

    /**
     * Sets how many bytes of one connection the operating system may hold unsent. A larger buffer moves large messages faster over long
     * ways; a smaller one lets volatile events skip slow clients sooner; 0 leaves it to the system.
     */
    public Options sendBuffer(int value) {
        return with(changed -> changed.sendBuffer = atLeastZero("sendBuffer", value));
    }

    /** Returns whether and how WebSocket messages are compressed: off by default. */
    public Compression compression() {
        return values.compression;
    }

    /** Sets whether and how WebSocket messages are compressed. {@code Compression.on()} agrees to what clients offer. */
    public Options compression(Compression value) {
        return with(changed -> changed.compression = value);
    }

    /** Returns the most bytes of an HTTP request line: 8,192 by default. */
    public int maxRequestLine() {
        return values.maxRequestLine;
    }

    /** Sets the most bytes of an HTTP request line. A longer one is refused with status 414. */
    public Options maxRequestLine(int value) {
        return with(changed -> changed.maxRequestLine = positive("maxRequestLine", value));
    }

    /** Returns the most bytes of all HTTP header fields: 16,384 by default. */
    public int maxHeaderBytes() {
        return values.maxHeaderBytes;
    }

    /** Sets the most bytes of all HTTP header fields. More are refused with status 431. */
    public Options maxHeaderBytes(int value) {
        return with(changed -> changed.maxHeaderBytes = positive("maxHeaderBytes", value));
    }

    /** Returns the most HTTP header fields: 100 by default. */
    public int maxHeaders() {
        return values.maxHeaders;
    }

    /** Sets the most HTTP header fields. More are refused with status 431. */
    public Options maxHeaders(int value) {
        return with(changed -> changed.maxHeaders = positive("maxHeaders", value));
    }

    /** Returns the most bytes of a request body for an application route: 1,000,000 by default. */
    public int maxBody() {
        return values.maxBody;
    }

    /** Sets the most bytes of a request body for an application route. A larger one is refused with status 413. */
    public Options maxBody(int value) {
        return with(changed -> changed.maxBody = positive("maxBody", value));
    }

    /** Returns how many TCP connections may wait to be accepted: 1,024 by default. */
    public int acceptBacklog() {
        return values.acceptBacklog;
    }

    /** Sets how many TCP connections may wait to be accepted. The operating system refuses more. */
    public Options acceptBacklog(int value) {
        return with(changed -> changed.acceptBacklog = positive("acceptBacklog", value));
    }

    private Options with(Consumer<OptionValues> change) {
        OptionValues changed = values.copy();
        change.accept(changed);
        return new Options(changed);
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero but was " + value);
        }
        return value;
    }

    private static Duration atLeastZero(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative but was " + value);
        }
        return value;
    }

    private static int positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be more than zero but was " + value);
        }
        return value;
    }

    private static int atLeastZero(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative but was " + value);
        }
        return value;
    }
}
