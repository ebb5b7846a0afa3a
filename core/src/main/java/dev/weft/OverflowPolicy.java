package dev.weft;

/**
 * What a message meets when as much waits for its client as {@code maxQueuedBytes} or {@code maxQueuedMessages} allow. It
 * applies to events and to messages of raw endpoints; acknowledgements, events that want one, and the packets of the
 * protocols are never dropped and never wait: where they find no room, droppable messages make it, or the client is
 * disconnected. Ping, pong and close frames pass whatever waits.
 */
public enum OverflowPolicy {
    /**
     * The client is disconnected with the reason {@code queue limit}, and nothing that waits is sent: it has received an exact
     * prefix of what was sent to it. The default.
     */
    CLOSE,

    /**
     * The oldest messages that were sent with this policy make room, each as a whole, its attachments included. If that is not
     * enough, the client is disconnected as with {@link #CLOSE}.
     */
    DROP_OLDEST,

    /**
     * The sending thread waits for room, at most {@code blockTimeout}, and an eighth of the queue stays free for what never
     * waits. Then the message is refused: {@code emit} to one client throws {@link QueueFullException}, {@code send} returns
     * false, and a broadcast leaves that client out. A broadcast first serves all who have room and waits for the others
     * together, not one after the other. Interrupting the thread ends the waiting: the message is refused, and the thread stays
     * interrupted.
     */
    BLOCK
}
