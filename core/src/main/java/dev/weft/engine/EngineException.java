package dev.weft.engine;

/** The client sent something that is not Engine.IO v4; the session ends with a parse error. */
final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    EngineException(String message) {
        super(message, null, false, false);
    }
}
