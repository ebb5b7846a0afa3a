package dev.weft.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Handles one Socket.IO namespace. The processor writes its dispatcher at compile time.
 *
 * <pre>{@code
 * @Endpoint("/chat")
 * class ChatHandlers {
 *     @OnMessage("say")
 *     void say(Socket socket, String text) {
 *         socket.broadcast().emit("said", text);
 *     }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Endpoint {
    /** The namespace, starting with a slash. */
    String value() default "/";
}
