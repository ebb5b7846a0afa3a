package dev.weft.ws;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What both sides have agreed on about permessage-deflate (RFC 7692, section 7.1). This server never keeps a window from one
 * of its messages to the next.
 *
 * @param serverWindowBits the base-2 logarithm of the window that the client inflates with: from 8 to 15
 * @param serverWindowAsked whether the client asked for that window, so that the answer must name it
 * @param clientTakeover whether messages of the client may refer to earlier ones
 * @param clientWindowBits the base-2 logarithm of the window that the client deflates with: from 8 to 15
 */
public record DeflateAgreement(
        int serverWindowBits, boolean serverWindowAsked, boolean clientTakeover, int clientWindowBits) {
    private static final String EXTENSION = "permessage-deflate";
    private static final int LEAST_BITS = 8;

    /** The window that no parameter has to ask for. */
    static final int MOST_BITS = 15;

    private enum Parameter {
        SERVER_NO_CONTEXT_TAKEOVER,
        CLIENT_NO_CONTEXT_TAKEOVER,
        SERVER_MAX_WINDOW_BITS,
        CLIENT_MAX_WINDOW_BITS
    }

    /**
     * Agrees to the first offer that can be kept, or returns null if there is none.
     *
     * @param fields the values of {@code Sec-WebSocket-Extensions}
     * @param clientTakeover whether messages of the client may refer to earlier ones
     */
    static @Nullable DeflateAgreement negotiate(List<String> fields, boolean clientTakeover) {
        for (ExtensionOffer offer : ExtensionOffer.parse(fields)) {
            DeflateAgreement agreement = offer.name().equals(EXTENSION) ? agreeTo(offer, clientTakeover) : null;
            if (agreement != null) {
                return agreement;
            }
        }
        return null;
    }

    /** Section 7.1: a server declines an offer with an unknown, repeated or invalid parameter. */
    private static @Nullable DeflateAgreement agreeTo(ExtensionOffer offer, boolean takeoverAllowed) {
        Map<Parameter, Integer> given = new EnumMap<>(Parameter.class);
        for (ExtensionOffer.Parameter parameter : offer.parameters()) {
            Parameter known = parameter(parameter.name());
            Integer value = known == null ? null : value(known, parameter.value());
            if (known == null || value == null || given.put(known, value) != null) {
                return null;
            }
        }
        return new DeflateAgreement(
                given.getOrDefault(Parameter.SERVER_MAX_WINDOW_BITS, MOST_BITS),
                given.containsKey(Parameter.SERVER_MAX_WINDOW_BITS),
                takeoverAllowed && !given.containsKey(Parameter.CLIENT_NO_CONTEXT_TAKEOVER),
                given.getOrDefault(Parameter.CLIENT_MAX_WINDOW_BITS, MOST_BITS));
    }

    private static @Nullable Parameter parameter(String name) {
        return switch (name) {
            case "server_no_context_takeover" -> Parameter.SERVER_NO_CONTEXT_TAKEOVER;
            case "client_no_context_takeover" -> Parameter.CLIENT_NO_CONTEXT_TAKEOVER;
            case "server_max_window_bits" -> Parameter.SERVER_MAX_WINDOW_BITS;
            case "client_max_window_bits" -> Parameter.CLIENT_MAX_WINDOW_BITS;
            default -> null;
        };
    }

    /** Returns the number that a parameter stands for, or null if it must not have that value. */
    private static @Nullable Integer value(Parameter parameter, @Nullable String value) {
        return switch (parameter) {
            case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value == null ? 0 : null;
            case SERVER_MAX_WINDOW_BITS -> bits(value);
            // Section 7.1.2.2: without a value it only says that the answer may hold this parameter.
            case CLIENT_MAX_WINDOW_BITS -> value == null ? Integer.valueOf(MOST_BITS) : bits(value);
        };
    }

    /** Reads "a decimal integer value without leading zeroes between 8 to 15, inclusive". */
    private static @Nullable Integer bits(@Nullable String value) {
        for (int bits = LEAST_BITS; bits <= MOST_BITS; bits++) {
            if (Integer.toString(bits).equals(value)) {
                return bits;
            }
        }
        return null;
    }

    /**
     * Returns the value of {@code Sec-WebSocket-Extensions} in the answer. The client's window stays its own choice: any fits.
     */
    String answer() {
        return EXTENSION + "; server_no_context_takeover"
                + (clientTakeover ? "" : "; client_no_context_takeover")
                + (serverWindowAsked ? "; server_max_window_bits=" + serverWindowBits : "");
    }
}
