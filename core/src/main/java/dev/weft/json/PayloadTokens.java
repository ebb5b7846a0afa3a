package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.util.TokenBuffer;

/**
 * The tokens of a payload with one token of look-ahead. The placeholder of an attachment is one token,
 * {@code VALUE_EMBEDDED_OBJECT}; the end of the payload is {@code NOT_AVAILABLE}.
 */
final class PayloadTokens {
    private final JacksonJsonMapper mapper;
    private final Bytes json;
    private final List<Bytes> attachments;
    private final int[] placeholders;
    private final JsonParser parser;

    private @Nullable JsonToken ahead;
    private @Nullable TokenStreamContext endedArray;
    private int attachment;
    private String memberText = "";

    PayloadTokens(JacksonJsonMapper mapper, Bytes json, List<Bytes> attachments) {
        this.mapper = mapper;
        this.json = json;
        this.attachments = attachments;
        this.placeholders = attachments.isEmpty() ? new int[0] : mapper.placeholders(json, attachments.size());
        this.parser = mapper.parser(json);
    }

    /** Returns the next token without consuming it. */
    JsonToken peek() {
        JsonToken token = ahead;
        if (token == null) {
            token = read();
            ahead = token;
        }
        return token;
    }

    /** Consumes the next token. */
    JsonToken next() {
        JsonToken token = ahead == null ? read() : ahead;
        ahead = null;
        return token;
    }

    private JsonToken read() {
        if (parser.isClosed()) {
            return JsonToken.NOT_AVAILABLE;
        }
        TokenStreamContext context = parser.streamReadContext();
        JsonToken token;
        try {
            token = parser.nextToken();
        } catch (JacksonException e) {
            throw BindingFailure.malformed(e);
        }
        if (token == null) {
            return JsonToken.NOT_AVAILABLE;
        }
        if (token == JsonToken.END_ARRAY) {
            endedArray = context;
        } else if (token == JsonToken.START_OBJECT && placeholders.length > 0) {
            return attachmentOr(token);
        }
        return token;
    }

    private JsonToken attachmentOr(JsonToken token) {
        long offset = parser.currentTokenLocation().getByteOffset();
        for (int i = 0; i < placeholders.length; i++) {
            if (placeholders[i] == offset) {
                attachment = i;
                parser.skipChildren();
                return JsonToken.VALUE_EMBEDDED_OBJECT;
            }
        }
        return token;
    }

    /** Consumes the name of the next member, or the end of the object and returns null. */
    @Nullable
    String nextName() {
        if (next() == JsonToken.PROPERTY_NAME) {
            return parser.currentName();
        }
        done();
        return null;
    }

    /** Consumes what follows a token that {@link #next} returned, up to its end. */
    void skipChildren() {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw BindingFailure.malformed(e);
        }
    }

    /**
     * Tells that a whole value has been read. After the last one the parser is closed, since few readers go on to the end
     * of the list: only a closed parser shares the names it met with the next, and only then are its buffers reused.
     */
    void done() {
        TokenStreamContext context = parser.streamReadContext();
        if (context.inRoot()) {
            parser.close();
        } else if (context.getNestingDepth() == 1 && context.inArray() && isLast()) {
            parser.close();
            endedArray = context;
            ahead = JsonToken.END_ARRAY;
        }
    }

    private boolean isLast() {
        int at = space((int) parser.currentLocation().getByteOffset());
        return at < json.size() && json.at(at) == ']' && space(at + 1) == json.size();
    }

    private int space(int from) {
        int at = from;
        while (at < json.size() && " \t\r\n".indexOf(json.at(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** Returns where the parser stands. */
    TokenStreamContext context() {
        return parser.streamReadContext();
    }

    /** Returns the array or object that holds the token ahead, or null if nothing does. */
    @Nullable
    TokenStreamContext enclosing() {
        TokenStreamContext context = parser.streamReadContext();
        boolean entered = ahead == JsonToken.START_OBJECT || ahead == JsonToken.START_ARRAY;
        return entered ? context.getParent() : context;
    }

    /** Returns the array whose end was read last, or null. */
    @Nullable
    TokenStreamContext endedArray() {
        return endedArray;
    }

    String text() {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw BindingFailure.malformed(e);
        }
    }

    /** Returns whether the whole number read last is within the range of {@code long}. */
    boolean isLong() {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    long longValue() {
        return parser.getLongValue();
    }

    double doubleValue() {
        return parser.getDoubleValue();
    }

    float floatValue() {
        return parser.getFloatValue();
    }

    Number number() {
        return parser.getNumberValue();
    }

    /** Returns the attachment of the placeholder read last. */
    Bytes attachment() {
        return attachments.get(attachment);
    }

    /**
     * Finds member {@code name} of the object ahead without consuming anything.
     *
     * @return the first token of its value, whose text {@link #memberText} returns, or {@code NOT_AVAILABLE}
     */
    JsonToken member(String name) {
        long offset = parser.currentTokenLocation().getByteOffset();
        try (JsonParser lookout = mapper.parser(json.slice((int) offset))) {
            lookout.nextToken();
            for (String member; (member = lookout.nextName()) != null; ) {
                JsonToken value = lookout.nextToken();
                if (member.equals(name)) {
                    memberText = value == JsonToken.VALUE_STRING ? lookout.getString() : "";
                    return value;
                }
                lookout.skipChildren();
            }
            return JsonToken.NOT_AVAILABLE;
        } catch (JacksonException e) {
            throw BindingFailure.malformed(e);
        }
    }

    String memberText() {
        return memberText;
    }

    /** Consumes the value ahead through data binding. */
    @Nullable
    Object bind(ObjectReader reader) {
        if (placeholders.length == 0) {
            Object value = reader.readValue(parser);
            ahead = null;
            done();
            return value;
        }
        try (TokenBuffer copy = copy();
                JsonParser tokens = copy.asParser(ObjectReadContext.empty())) {
            done();
            return reader.readValue(tokens);
        }
    }

    /** Copies the value ahead, binary in place of placeholders: data binding takes byte arrays as they are. */
    private TokenBuffer copy() {
        TokenBuffer copy = new TokenBuffer(ObjectWriteContext.empty(), false);
        int depth = 0;
        do {
            JsonToken token = next();
            if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
                copy.writePOJO(attachment().toByteArray());
            } else {
                copy.copyCurrentEvent(parser);
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        } while (depth > 0);
        return copy;
    }
}
