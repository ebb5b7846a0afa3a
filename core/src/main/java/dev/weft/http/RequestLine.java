package dev.weft.http;

import dev.weft.Headers;

/**
 * The first line of a request: method, target and version, with one space between them (RFC 9112, section 3).
 *
 * @param method a token, in the case that the peer chose
 * @param target the target
 * @param http11 whether the version is HTTP/1.1; otherwise it is HTTP/1.0
 */
record RequestLine(String method, RequestTarget target, boolean http11) {
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    static RequestLine parse(String line) throws BadRequestException {
        int afterMethod = line.indexOf(' ');
        int beforeVersion = line.lastIndexOf(' ');
        if (afterMethod <= 0 || beforeVersion == afterMethod) {
            throw new BadRequestException(400, "The request line must be: method, target, version.");
        }
        String method = line.substring(0, afterMethod);
        if (!Headers.isToken(method)) {
            throw new BadRequestException(400, "The method is not a token.");
        }
        boolean http11 = version(line.substring(beforeVersion + 1));
        return new RequestLine(
                method, RequestTarget.parse(method, line.substring(afterMethod + 1, beforeVersion)), http11);
    }

    private static boolean version(String version) throws BadRequestException {
        boolean wellFormed = version.length() == VERSION_LENGTH
                && version.startsWith("HTTP/")
                && isDigit(version.charAt(5))
                && version.charAt(6) == '.'
                && isDigit(version.charAt(7));
        if (!wellFormed) {
            throw new BadRequestException(400, "The request line must end in a version such as HTTP/1.1.");
        }
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new BadRequestException(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
        }
        return version.equals("HTTP/1.1");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
