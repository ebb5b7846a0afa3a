package dev.weft.processor;

/** A class mentions a type that does not exist yet: another processor may still write it, else the compiler complains. */
final class UnresolvedTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnresolvedTypeException(String type) {
        super(type, null, false, false);
    }
}
