package dev.weft.ws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One extension that a client offers in {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1).
 *
 * @param name the extension
 * @param parameters in the order they came, repeated ones too
 */
record ExtensionOffer(String name, List<Parameter> parameters) {
    /**
     * One parameter of an offer.
     *
     * @param name a token
     * @param value a token, without the quotes it may have had; null if there was none
     */
    record Parameter(String name, @Nullable String value) {}

    /** Returns the offers of all fields in their order, the client's favourite first, without those that break the grammar. */
    static List<ExtensionOffer> parse(List<String> fields) {
        List<ExtensionOffer> offers = new ArrayList<>();
        for (String field : fields) {
            Scanner scanner = new Scanner(field);
            while (scanner.at < field.length()) {
                ExtensionOffer offer = scanner.offer();
                if (offer != null) {
                    offers.add(offer);
                }
                scanner.skipPast(',');
            }
        }
        return offers;
    }

    /** Walks over one field, every character once. */
    private static final class Scanner {
        private final String field;
        private int at;

        Scanner(String field) {
            this.field = field;
        }

        /** Returns the offer that starts here, or null if it breaks the grammar; stops at its end or where it breaks. */
        @Nullable
        ExtensionOffer offer() {
            String name = token();
            List<Parameter> parameters = new ArrayList<>();
            while (next(';')) {
                Parameter parameter = parameter();
                if (parameter == null) {
                    return null;
                }
                parameters.add(parameter);
            }
            return name.isEmpty() || !atEnd() ? null : new ExtensionOffer(name, parameters);
        }

        private @Nullable Parameter parameter() {
            String name = token();
            if (name.isEmpty() || !next('=')) {
                return name.isEmpty() ? null : new Parameter(name, null);
            }
            // "When using the quoted-string syntax variant, the value after quoted-string unescaping MUST conform to
            // the
            // 'token' ABNF."
            String value = next('"') ? quoted() : token();
            return value == null || !HeaderTokens.isToken(value) ? null : new Parameter(name, value);
        }

        private String token() {
            skipBlanks();
            int from = at;
            while (at < field.length() && HeaderTokens.isTokenCharacter(field.charAt(at))) {
                at++;
            }
            return field.substring(from, at);
        }

        /** Returns what stands before the closing quote, or null if there is none. */
        private @Nullable String quoted() {
            StringBuilder text = new StringBuilder();
            while (at < field.length()) {
                char c = field.charAt(at++);
                if (c == '"') {
                    return text.toString();
                }
                if (c == '\\' && at < field.length()) {
                    c = field.charAt(at++);
                }
                text.append(c);
            }
            return null;
        }

        /** Passes {@code c}, if it comes next but for blanks. */
        private boolean next(char c) {
            skipBlanks();
            boolean there = at < field.length() && field.charAt(at) == c;
            if (there) {
                at++;
            }
            return there;
        }

        private boolean atEnd() {
            skipBlanks();
            return at == field.length() || field.charAt(at) == ',';
        }

        private void skipBlanks() {
            while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
                at++;
            }
        }

        /** Skips to behind the next {@code separator} that no quotes enclose. */
        void skipPast(char separator) {
            while (at < field.length()) {
                char c = field.charAt(at++);
                if (c == separator) {
                    return;
                }
                if (c == '"') {
                    quoted();
                }
            }
        }
    }
}
