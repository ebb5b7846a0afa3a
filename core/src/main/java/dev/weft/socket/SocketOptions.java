package dev.weft.socket;

import dev.weft.net.OutboxLimits;
import dev.weft.packet.PacketDecoder;
import java.time.Duration;

/**
 * Limits and times of namespaces and sockets.
 *
 * @param connectTimeout how long a client may stay without a namespace
 * @param authTimeout how long the application may take to decide about a client
 * @param attachmentTimeout how long the attachments of one packet may take to come
 * @param ackTimeout how long an acknowledgement may take unless told otherwise
 * @param packets what one packet may hold
 * @param maxJsonDepth the most arrays and objects within each other in a packet
 * @param maxInboxBytes the most bytes of events that may wait for a busy handler
 * @param maxPendingAcks the most acknowledgements waited for from one socket
 * @param maxNamespaces the most namespaces of one client
 * @param maxRooms the most rooms of one socket
 * @param outbox what may wait to be sent to one client
 */
public record SocketOptions(
        Duration connectTimeout,
        Duration authTimeout,
        Duration attachmentTimeout,
        Duration ackTimeout,
        PacketDecoder.Limits packets,
        int maxJsonDepth,
        int maxInboxBytes,
        int maxPendingAcks,
        int maxNamespaces,
        int maxRooms,
        OutboxLimits outbox) {}
