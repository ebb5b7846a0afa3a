/** The annotations of Weft handler classes. */
@org.jspecify.annotations.NullMarked
module dev.weft.annotation {
    requires static org.jspecify;

    exports dev.weft.annotation;
}
