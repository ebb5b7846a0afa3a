package dev.weft.http;

/**
 * Limits on the head of a request and on the trailers of a chunked body.
 *
 * @param maxRequestLine the most bytes of a request line without its line end; a longer one is refused with 414
 * @param maxHeaderBytes the most bytes of all header fields with their line ends; more are refused with 431
 * @param maxHeaders the most header fields; more are refused with 431
 */
public record HttpLimits(int maxRequestLine, int maxHeaderBytes, int maxHeaders) {
    /** Checks that every limit is more than zero. */
    public HttpLimits {
        if (maxRequestLine <= 0 || maxHeaderBytes <= 0 || maxHeaders <= 0) {
            throw new IllegalArgumentException("expected limits of more than zero but got " + maxRequestLine + ", "
                    + maxHeaderBytes + ", " + maxHeaders);
        }
    }
}
