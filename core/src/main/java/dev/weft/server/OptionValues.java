package dev.weft.server;

import dev.weft.OverflowPolicy;
import java.time.Duration;
import java.util.List;

/** What {@link Options} hold, with the defaults: read here, changed there, and only before the options are handed out. */
abstract sealed class OptionValues implements Cloneable permits Options {
    Duration pingInterval = Duration.ofSeconds(25);
    Duration pingTimeout = Duration.ofSeconds(20);
    Duration connectTimeout = Duration.ofSeconds(45);
    Duration authTimeout = Duration.ofSeconds(10);
    Duration upgradeTimeout = Duration.ofSeconds(10);
    Duration attachmentTimeout = Duration.ofSeconds(60);
    Duration ackTimeout = Duration.ofSeconds(30);
    Duration writeTimeout = Duration.ofSeconds(10);
    Duration handshakeTimeout = Duration.ofSeconds(10);
    Duration idleTimeout = Duration.ofSeconds(60);
    Duration closeTimeout = Duration.ofSeconds(5);
    Duration shutdownTimeout = Duration.ofSeconds(10);
    Duration drainDelay = Duration.ZERO;
    Duration drainPeriod = Duration.ofSeconds(2);
    Duration maxHandlerStall = Duration.ofMinutes(5);
    int maxPayload = 1_000_000;
    int maxAttachments = 10;
    int maxMessage = 1_000_000;
    int maxFragments = 10_000;
    int maxQueuedBytes = 16 * 1024 * 1024;
    int maxQueuedMessages = 20_000;
    OverflowPolicy overflow = OverflowPolicy.CLOSE;
    Duration blockTimeout = Duration.ofSeconds(1);
    int maxJsonDepth = 100;
    int maxInboxBytes = 8 * 1024 * 1024;
    int maxPendingAcks = 10_000;
    int maxNamespacesPerClient = 32;
    int maxRoomsPerSocket = 1_000;
    int maxConnections = 100_000;
    int maxConnectionsPerAddress = 2_000;
    int connectRatePerAddress = 500;
    List<String> unlimitedAddresses = List.of("127.0.0.0/8", "::1");
    List<String> trustedProxies = List.of();
    boolean proxyProtocol;
    int messageRate = 5_000;
    int byteRate = 16 * 1024 * 1024;
    Duration rateLimitPatience = Duration.ofSeconds(30);
    int maxSessions = 100_000;
    int sendBuffer = 64 * 1024;
    Compression compression = Compression.off();
    int maxRequestLine = 8 * 1024;
    int maxHeaderBytes = 16 * 1024;
    int maxHeaders = 100;
    int maxBody = 1_000_000;
    int acceptBacklog = 1024;
    int tlsHandshakesAtOnce;

    /** Returns how often the server pings an Engine.IO client: 25 s by default. */
    public Duration pingInterval() {
        return pingInterval;
    }

    /** Returns how long the client may take to answer a ping: 20 s by default. */
    public Duration pingTimeout() {
        return pingTimeout;
    }

    /** Returns how long a client may stay without joining a namespace: 45 s by default. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Returns how long {@code allowRequest}, an authorizer and middlewares together may take: 10 s by default. */
    public Duration authTimeout() {
        return authTimeout;
    }

    /** Returns how long an upgrade from polling to WebSocket may take: 10 s by default. */
    public Duration upgradeTimeout() {
        return upgradeTimeout;
    }

    /** Returns how long the binary attachments of one packet may take to come: 60 s by default. */
    public Duration attachmentTimeout() {
        return attachmentTimeout;
    }

    /** Returns how long an acknowledgement may take where no {@code timeout(…)} is given: 30 s by default. */
    public Duration ackTimeout() {
        return ackTimeout;
    }

    /** Returns how long a write may make no progress: 10 s by default. */
    public Duration writeTimeout() {
        return writeTimeout;
    }

    /** Returns how long a request head may take, for the first one from the start of the connection: 10 s by default. */
    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /** Returns how long an HTTP connection may stay idle between requests: 60 s by default. */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** Returns how long a closing handshake may take: 5 s by default. */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** Returns how long running handlers and queued messages may hold up a stop: 10 s by default. */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /** Returns how long clients stay connected after {@code /readyz} has begun to fail: 0 s by default. */
    public Duration drainDelay() {
        return drainDelay;
    }

    /** Returns over how long many clients are told that the server stops: 2 s by default. */
    public Duration drainPeriod() {
        return drainPeriod;
    }

    /** Returns how long a handler may keep a client's pongs unread before the client counts as gone: 5 min by default. */
    public Duration maxHandlerStall() {
        return maxHandlerStall;
    }

    /** Returns the most bytes of one Engine.IO message, polling body, or packet with its attachments: 1,000,000 by default. */
    public int maxPayload() {
        return maxPayload;
    }

    /** Returns the most binary attachments of one packet: 10 by default. */
    public int maxAttachments() {
        return maxAttachments;
    }

    /** Returns the most bytes of one message on a raw WebSocket: 1,000,000 by default. */
    public int maxMessage() {
        return maxMessage;
    }

    /** Returns the most frames of one fragmented message: 10,000 by default. */
    public int maxFragments() {
        return maxFragments;
    }

    /** Returns the most bytes that may wait to be sent to one client: 16,777,216 by default. */
    public int maxQueuedBytes() {
        return maxQueuedBytes;
    }

    /** Returns the most messages that may wait to be sent to one client: 20,000 by default. */
    public int maxQueuedMessages() {
        return maxQueuedMessages;
    }

    /** Returns what a message meets when as much waits as may: CLOSE by default. */
    public OverflowPolicy overflow() {
        return overflow;
    }

    /** Returns how long a sender waits for room where the policy is {@code BLOCK}: 1 s by default. */
    public Duration blockTimeout() {
        return blockTimeout;
    }

    /** Returns the most arrays and objects within each other in a packet, at most 500: 100 by default. */
    public int maxJsonDepth() {
        return maxJsonDepth;
    }

    /** Returns the most bytes of events that may wait for a busy handler of one client: 8,388,608 by default. */
    public int maxInboxBytes() {
        return maxInboxBytes;
    }

    /** Returns the most acknowledgements that may be waited for from one socket: 10,000 by default. */
    public int maxPendingAcks() {
        return maxPendingAcks;
    }

    /** Returns the most namespaces of one client: 32 by default. */
    public int maxNamespacesPerClient() {
        return maxNamespacesPerClient;
    }

    /** Returns the most rooms of one socket: 1,000 by default. */
    public int maxRoomsPerSocket() {
        return maxRoomsPerSocket;
    }

    /** Returns the most TCP connections: 100,000 by default. */
    public int maxConnections() {
        return maxConnections;
    }

    /** Returns the most TCP connections, and sessions opened by long-polling, of one address: 2,000 by default. */
    public int maxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    /** Returns how many of them one address may open in a second, twice as many at once: 500 by default. */
    public int connectRatePerAddress() {
        return connectRatePerAddress;
    }

    /** Returns the addresses to which these two limits do not apply: 127.0.0.0/8 and ::1 by default. */
    public List<String> unlimitedAddresses() {
        return unlimitedAddresses;
    }

    /** Returns the proxies that are believed who their client is: none by default. */
    public List<String> trustedProxies() {
        return trustedProxies;
    }

    /** Returns whether every connection begins with a PROXY header, version 1 or 2: off by default. */
    public boolean proxyProtocol() {
        return proxyProtocol;
    }

    /** Returns how many messages one client may send in a second, twice as many at once: 5,000 by default. */
    public int messageRate() {
        return messageRate;
    }

    /** Returns how many bytes one client may send in a second, twice as many at once: 16,777,216 by default. */
    public int byteRate() {
        return byteRate;
    }

    /** Returns how long a client may go on sending more than its rates while it is held back: 30 s by default. */
    public Duration rateLimitPatience() {
        return rateLimitPatience;
    }

    /** Returns the most Engine.IO sessions of one path: 100,000 by default. */
    public int maxSessions() {
        return maxSessions;
    }

    /** Returns how many bytes of one connection the operating system may hold unsent: 65,536 by default. */
    public int sendBuffer() {
        return sendBuffer;
    }

    /** Returns whether and how WebSocket messages are compressed: off by default. */
    public Compression compression() {
        return compression;
    }

    /** Returns the most bytes of an HTTP request line: 8,192 by default. */
    public int maxRequestLine() {
        return maxRequestLine;
    }

    /** Returns the most bytes of all HTTP header fields: 16,384 by default. */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /** Returns the most HTTP header fields: 100 by default. */
    public int maxHeaders() {
        return maxHeaders;
    }

    /** Returns the most bytes of a request body for an application route: 1,000,000 by default. */
    public int maxBody() {
        return maxBody;
    }

    /** Returns how many TCP connections may wait to be accepted: 1,024 by default. */
    public int acceptBacklog() {
        return acceptBacklog;
    }

    /** Returns how many TLS handshakes may compute at the same time: 0 by default. */
    public int tlsHandshakesAtOnce() {
        return tlsHandshakesAtOnce;
    }
}
