package dev.weft.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Handles raw WebSocket connections at one path: {@link OnConnect}, {@link OnMessage} without a name (one method for
 * text, one for binary), {@link OnDisconnect}, {@link OnError}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WebSocketEndpoint {
    /** The path, starting with a slash. */
    String value();

    /** The subprotocols that the endpoint speaks, preferred ones first. */
    String[] subprotocols() default {};
}
