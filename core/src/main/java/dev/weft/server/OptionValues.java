package dev.weft.server;

import dev.weft.OverflowPolicy;
import java.time.Duration;

/** What {@link Options} hold, with the defaults; changed only before the options that hold it are handed out. */
final class OptionValues implements Cloneable {
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
    int maxInboxBytes = 8 * 1024 * 1024;
    int maxPendingAcks = 10_000;
    int maxNamespacesPerClient = 32;
    int maxRoomsPerSocket = 1_000;
    int maxConnections = 100_000;
    int maxSessions = 100_000;
    int sendBuffer = 64 * 1024;
    Compression compression = Compression.off();
    int maxRequestLine = 8 * 1024;
    int maxHeaderBytes = 16 * 1024;
    int maxHeaders = 100;
    int maxBody = 1_000_000;
    int acceptBacklog = 1024;

    OptionValues copy() {
        try {
            return (OptionValues) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
