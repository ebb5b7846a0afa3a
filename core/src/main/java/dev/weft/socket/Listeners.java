package dev.weft.socket;

import dev.weft.Event;
import dev.weft.Socket.DisconnectListener;
import dev.weft.Socket.EventListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an application registered on one socket without annotations. Thread-safe. */
final class Listeners {
    private final Map<String, List<EventListener>> byEvent = new ConcurrentHashMap<>();
    private final List<EventListener> any = new CopyOnWriteArrayList<>();
    private final List<DisconnectListener> disconnect = new CopyOnWriteArrayList<>();

    void on(String event, EventListener listener) {
        byEvent.computeIfAbsent(EventNames.check(event), name -> new CopyOnWriteArrayList<>())
                .add(listener);
    }

    void off(String event) {
        byEvent.remove(event);
    }

    void onAny(EventListener listener) {
        any.add(listener);
    }

    void onDisconnect(DisconnectListener listener) {
        disconnect.add(listener);
    }

    List<DisconnectListener> disconnect() {
        return disconnect;
    }

    void observe(Event event) throws Exception {
        for (EventListener listener : any) {
            listener.handle(event);
        }
    }

    /** Runs the listeners of {@code event}; returns whether there are any. */
    boolean handle(Event event) throws Exception {
        List<EventListener> listeners = byEvent.getOrDefault(event.name(), List.of());
        for (EventListener listener : listeners) {
            listener.handle(event);
        }
        return !listeners.isEmpty();
    }
}
