package dev.weft.packet;

import dev.weft.bytes.Bytes;
import dev.weft.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO packet (<a href="https://socket.io/docs/v4/socket-io-protocol/">Socket.IO v5</a>), its JSON not decoded.
 * Immutable. Whether a packet is of a binary type follows from its attachments.
 */
public sealed interface Packet {
    /** The namespace that every client may join without naming it. */
    String DEFAULT_NAMESPACE = "/";

    /** Returns the namespace, which begins with a slash. */
    String namespace();

    /**
     * A client asks for a namespace, or the server grants it.
     *
     * @param payload a JSON object, or null if there is none
     */
    record Connect(String namespace, @Nullable Bytes payload) implements Packet {
        /**
         * Returns the server's answer to a client that may enter.
         *
         * @param sid the public id of the socket
         * @param pid the secret id of its recoverable session, or null if there is none
         */
        public static Connect accepted(JsonMapper mapper, String namespace, String sid, @Nullable String pid) {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("sid", sid);
            if (pid != null) {
                payload.put("pid", pid);
            }
            return new Connect(namespace, mapper.write(payload, new ArrayList<>()));
        }
    }

    /**
     * The server refuses a namespace.
     *
     * @param payload a JSON object
     */
    record ConnectError(String namespace, Bytes payload) implements Packet {
        /**
         * Returns the answer to a client that is refused.
         *
         * @param data what else the client may know; left out if null
         * @throws IllegalArgumentException if {@code data} holds binary, which this packet cannot carry
         */
        public static ConnectError of(JsonMapper mapper, String namespace, String message, @Nullable Object data) {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("message", message);
            if (data != null) {
                payload.put("data", data);
            }
            List<Bytes> attachments = new ArrayList<>();
            Bytes json = mapper.write(payload, attachments);
            if (!attachments.isEmpty()) {
                throw new IllegalArgumentException("the data of a refusal cannot hold binary");
            }
            return new ConnectError(namespace, json);
        }
    }

    /** One side leaves a namespace. */
    record Disconnect(String namespace) implements Packet {}

    /**
     * An event.
     *
     * @param ackId the id of the acknowledgement that the sender asks for, or {@link #NO_ACK}
     * @param name the name, which is also the first element of {@code json}
     * @param json an array: the name, then the arguments
     * @param attachments what the placeholders in {@code json} stand for
     */
    record Event(String namespace, long ackId, String name, Bytes json, List<Bytes> attachments) implements Packet {
        /** The id of an event whose sender asks for no acknowledgement. */
        public static final long NO_ACK = -1;

        private static final Set<String> RESERVED =
                Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

        /** Creates the packet. */
        public Event {
            attachments = List.copyOf(attachments);
        }

        /**
         * Returns an event to send.
         *
         * @throws IllegalArgumentException if {@code name} is reserved
         * @throws dev.weft.json.UnwritableValueException if an argument has no JSON form
         */
        public static Event of(
                JsonMapper mapper, String namespace, long ackId, String name, @Nullable Object... arguments) {
            if (isReserved(name)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is reserved by the Socket.IO protocol; choose another event name");
            }
            @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
            all[0] = name;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            List<Bytes> attachments = new ArrayList<>();
            return new Event(namespace, ackId, name, mapper.write(all, attachments), attachments);
        }

        /** Returns whether the protocol keeps {@code name} for itself, so that neither side may send it. */
        public static boolean isReserved(String name) {
            return RESERVED.contains(name);
        }

        /** Returns whether the sender asks for an acknowledgement. */
        public boolean wantsAck() {
            return ackId >= 0;
        }

        /** Returns this event with another acknowledgement id; the payload is shared. */
        public Event withAckId(long id) {
            return new Event(namespace, id, name, json, attachments);
        }

        /** Returns the arguments. */
        public PayloadArguments arguments(JsonMapper mapper) {
            return PayloadArguments.of(mapper, json, attachments, 1);
        }

        /** Returns the bytes of JSON and attachments. */
        public int size() {
            return totalSize(json, attachments);
        }
    }

    /**
     * An acknowledgement.
     *
     * @param id the id that the event named
     * @param json an array: the arguments
     * @param attachments what the placeholders in {@code json} stand for
     */
    record Ack(String namespace, long id, Bytes json, List<Bytes> attachments) implements Packet {
        /** Creates the packet. */
        public Ack {
            attachments = List.copyOf(attachments);
        }

        /**
         * Returns an acknowledgement to send.
         *
         * @throws dev.weft.json.UnwritableValueException if an argument has no JSON form
         */
        public static Ack of(JsonMapper mapper, String namespace, long id, @Nullable Object... arguments) {
            List<Bytes> attachments = new ArrayList<>();
            return new Ack(namespace, id, mapper.write(arguments, attachments), attachments);
        }

        /** Returns the arguments. */
        public PayloadArguments arguments(JsonMapper mapper) {
            return PayloadArguments.of(mapper, json, attachments, 0);
        }

        /** Returns the bytes of JSON and attachments. */
        public int size() {
            return totalSize(json, attachments);
        }
    }

    private static int totalSize(Bytes json, List<Bytes> attachments) {
        int size = json.size();
        for (Bytes attachment : attachments) {
            size = Math.addExact(size, attachment.size());
        }
        return size;
    }
}
