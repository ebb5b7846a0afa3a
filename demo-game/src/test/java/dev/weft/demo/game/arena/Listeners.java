package dev.weft.demo.game.arena;

import java.util.ArrayList;
import java.util.List;

/** Remembers what an arena tells. */
final class Listeners implements Audience {
    /** What was told, event by event. */
    record Told(String event, Object value) {}

    final List<Told> told = new ArrayList<>();
    final List<byte[]> snapshots = new ArrayList<>();

    @Override
    public void tell(String event, Object value) {
        told.add(new Told(event, value));
    }

    @Override
    public void show(String event, Object value) {
        if (value instanceof byte[] snapshot) {
            snapshots.add(snapshot);
        }
    }

    <T> List<T> told(String event, Class<T> type) {
        return told.stream()
                .filter(each -> each.event().equals(event))
                .map(each -> type.cast(each.value()))
                .toList();
    }
}
