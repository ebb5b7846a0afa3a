/** The annotation processor of Weft. */
@org.jspecify.annotations.NullMarked
module dev.weft.processor {
    requires dev.weft.annotation;
    requires java.compiler;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            dev.weft.processor.WeftProcessor;
}
