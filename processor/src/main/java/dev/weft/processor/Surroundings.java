package dev.weft.processor;

/** What a writer asks about classes around the one that it writes, by qualified name. */
interface Surroundings {
    boolean exists(String qualified);

    /** Returns whether naming a class, which may be nested in a deprecated one, gives a warning. */
    boolean isDeprecated(String qualified);
}
