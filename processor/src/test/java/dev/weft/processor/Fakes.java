package dev.weft.processor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Implementations of large interfaces of which a test needs a few methods. */
final class Fakes {
    private Fakes() {}

    /** Returns a {@code type} with the methods that {@code answers} names; a call of any other one fails. */
    static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> answers) {
        Object fake =
                Proxy.newProxyInstance(Fakes.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    Function<Object[], Object> answer = answers.get(method.getName());
                    if (answer != null) {
                        return answer.apply(args);
                    }
                    return inherited(self, method, args);
                });
        return type.cast(fake);
    }

    private static Object inherited(Object self, Method method, Object[] args) throws Throwable {
        if (!method.isDefault()) {
            throw new AssertionError("unexpected call of " + method);
        }
        try {
            return java.lang.reflect.InvocationHandler.invokeDefault(self, method, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
