package dev.weft.json;

/** What a payload may not exceed, whoever parses it. Sizes are bytes of UTF-8. */
final class JsonLimits {
    /** Arrays and objects within each other, unless told otherwise. */
    static final int DEPTH = 100;
    /** Bytes of one string value; packets are usually far smaller. */
    static final int STRING = 64 * 1024 * 1024;
    /** Bytes of one member name. */
    static final int NAME = 4096;
    /** Bytes of one number; a JavaScript number has at most 25. */
    static final int NUMBER = 400;

    private JsonLimits() {}
}
