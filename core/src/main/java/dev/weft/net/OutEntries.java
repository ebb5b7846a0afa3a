package dev.weft.net;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Items in order. The oldest droppable one and the one with a given key are found without a search: an item that replaces
 * another takes its place, so droppable items leave in the order in which they came. Not thread-safe.
 */
final class OutEntries<T extends Outgoing> {
    /** One item and its neighbours. */
    static final class Entry<T extends Outgoing> {
        private T item;
        private final boolean droppable;
        private final @Nullable Object key;
        private @Nullable Entry<T> before;
        private @Nullable Entry<T> after;
        private @Nullable Entry<T> nextDroppable;

        Entry(T item, boolean droppable, @Nullable Object key) {
            this.item = item;
            this.droppable = droppable;
            this.key = key;
        }

        T item() {
            return item;
        }
    }

    private @Nullable Entry<T> first;
    private @Nullable Entry<T> last;
    private @Nullable Entry<T> firstDroppable;
    private @Nullable Entry<T> lastDroppable;

    /** Those with a key; most clients never need it. */
    private @Nullable Map<Object, Entry<T>> keys;

    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the oldest item, or null. */
    @Nullable
    T peek() {
        return first == null ? null : first.item;
    }

    /** Adds a newest item. */
    void add(T item, boolean droppable, @Nullable Object key) {
        Entry<T> entry = new Entry<>(item, droppable, key);
        entry.before = last;
        if (last == null) {
            first = entry;
        } else {
            last.after = entry;
        }
        last = entry;
        size++;
        if (droppable) {
            addDroppable(entry);
        }
        if (key != null) {
            keys = keys == null ? new HashMap<>() : keys;
            keys.put(key, entry);
        }
    }

    private void addDroppable(Entry<T> entry) {
        if (lastDroppable == null) {
            firstDroppable = entry;
        } else {
            lastDroppable.nextDroppable = entry;
        }
        lastDroppable = entry;
    }

    /** Returns the entry with {@code key}, or null. */
    @Nullable
    Entry<T> find(@Nullable Object key) {
        return key == null || keys == null ? null : keys.get(key);
    }

    /** Puts {@code item} in the place of what {@code entry} holds. */
    void replace(Entry<T> entry, T item) {
        entry.item = item;
    }

    /** Removes and returns the oldest item, or null. */
    @Nullable
    T poll() {
        return first == null ? null : remove(first);
    }

    /** Removes and returns the oldest droppable item, or null. */
    @Nullable
    T pollDroppable() {
        return firstDroppable == null ? null : remove(firstDroppable);
    }

    /** Removes the oldest of all or the oldest droppable one. */
    private T remove(Entry<T> entry) {
        if (entry.before == null) {
            first = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            last = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        size--;
        if (entry.droppable) {
            firstDroppable = entry.nextDroppable;
            lastDroppable = firstDroppable == null ? null : lastDroppable;
        }
        forgetKey(entry);
        return entry.item;
    }

    private void forgetKey(Entry<T> entry) {
        if (entry.key != null && keys != null) {
            keys.remove(entry.key, entry);
            keys = keys.isEmpty() ? null : keys;
        }
    }

    /** Adds all entries of {@code other}, which keeps them. */
    void addAll(OutEntries<? extends T> other) {
        other.forEachEntry(entry -> add(entry.item, entry.droppable, entry.key));
    }

    private void forEachEntry(Consumer<Entry<T>> action) {
        for (Entry<T> entry = first; entry != null; entry = entry.after) {
            action.accept(entry);
        }
    }

    void clear() {
        first = null;
        last = null;
        firstDroppable = null;
        lastDroppable = null;
        keys = null;
        size = 0;
    }
}
