package dev.weft.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Handles an event. What the method returns is the acknowledgement; a {@code void} method acknowledges with nothing.
 *
 * <p>Methods of one connection run one at a time, in order of arrival, and may block.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnMessage {
    /** The name of the event; empty only in a {@link WebSocketEndpoint}. */
    String value() default "";
}
