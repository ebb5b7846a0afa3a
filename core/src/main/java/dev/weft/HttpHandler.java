package dev.weft;

/** Answers requests to one path. May block. */
@FunctionalInterface
public interface HttpHandler {
    /** Returns the response; a failure is answered with 500 and no detail. */
    HttpResponse handle(HttpRequest request) throws Exception;
}
