package dev.weft;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One event of a client on its way to a handler. Used on the handler's thread; replies may come from any thread. */
public interface Event {
    /** Returns the name. */
    String name();

    /** Returns the arguments. */
    Arguments arguments();

    /** Returns the size of the payload: JSON and attachments, in bytes. */
    int size();

    /** Returns whether the client asked for an acknowledgement. */
    boolean wantsAck();

    /**
     * Acknowledges with {@code values}, an array variable for several. Does nothing if the client did not ask or the event
     * was acknowledged before. An event that its handler leaves without a reply is acknowledged with no values.
     */
    void reply(@Nullable Object... values);

    /** Acknowledges with the value of {@code stage} when it completes, or with its failure. */
    void replyWhen(CompletionStage<?> stage);

    /** Answers {@code {"$error":{code,message,data}}}; does nothing if the client did not ask. */
    void fail(Problem problem);

    /**
     * Takes the acknowledgement over: nothing is sent until the returned slot is used or its deadline passes.
     *
     * @throws WeftException if {@code maxPendingAcks} events of the socket wait for their acknowledgement already
     */
    <T> Ack<T> ack();
}
