package dev.weft.socket;

import dev.weft.Event;
import dev.weft.Socket.DisconnectListener;
import dev.weft.Socket.EventListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What an application registered on one socket without annotations: replaced as a whole on every change, so that sockets
 * without listeners share one empty set. Thread-safe.
 */
final class Listeners {
    private final AtomicReference<Registered> registered = new AtomicReference<>(Registered.NONE);

    private record Registered(
            Map<String, List<EventListener>> byEvent, List<EventListener> any, List<DisconnectListener> disconnect) {
        static final Registered NONE = new Registered(Map.of(), List.of(), List.of());

        Registered with(String event, @Nullable EventListener listener) {
            Map<String, List<EventListener>> changed = new HashMap<>(byEvent);
            if (listener == null) {
                changed.remove(event);
            } else {
                changed.merge(event, List.of(listener), (before, one) -> plus(before, listener));
            }
            return new Registered(changed, any, disconnect);
        }
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> longer = new ArrayList<>(list.size() + 1);
        longer.addAll(list);
        longer.add(one);
        return longer;
    }

    void on(String event, EventListener listener) {
        EventNames.check(event);
        Objects.requireNonNull(listener, "listener");
        registered.updateAndGet(before -> before.with(event, listener));
    }

    void off(String event) {
        registered.updateAndGet(before -> before.with(event, null));
    }

    void onAny(EventListener listener) {
        registered.updateAndGet(
                before -> new Registered(before.byEvent, plus(before.any, listener), before.disconnect));
    }

    void onDisconnect(DisconnectListener listener) {
        registered.updateAndGet(
                before -> new Registered(before.byEvent, before.any, plus(before.disconnect, listener)));
    }

    List<DisconnectListener> disconnect() {
        return registered.get().disconnect;
    }

    void observe(Event event) throws Exception {
        for (EventListener listener : registered.get().any) {
            listener.handle(event);
        }
    }

    /** Runs the listeners of {@code event}; returns whether there are any. */
    boolean handle(Event event) throws Exception {
        List<EventListener> listeners = registered.get().byEvent.getOrDefault(event.name(), List.of());
        for (EventListener listener : listeners) {
            listener.handle(event);
        }
        return !listeners.isEmpty();
    }
}
