package dev.weft.http;

import dev.weft.bytes.Bytes;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps the files used last, up to a number of bytes. Safe for use by many threads; no lock is held while reading files. */
final class FileCache {
    private static final int CAPACITY = 16 * 1024 * 1024;
    private static final float LOAD = 0.75f;
    private static final int LEAST_PURGE = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, LOAD, true);
    private final int capacity;
    private int bytes;

    /** The contents that somebody may still be sending, by entity tag. */
    private final Map<String, WeakReference<Bytes>> inUse = new HashMap<>();

    private int purgeAt = LEAST_PURGE;

    FileCache() {
        this(CAPACITY);
    }

    FileCache(int capacity) {
        this.capacity = capacity;
    }

    @Nullable
    Entry find(String name) {
        lock.lock();
        try {
            return entries.get(name);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a file unless it alone would take more than a quarter of the cache; drops those not used for longest. */
    void keep(String name, Entry entry) {
        int size = entry.content().size();
        if (size > capacity / 4) {
            return;
        }
        lock.lock();
        try {
            Entry old = entries.put(name, entry);
            bytes += size - (old == null ? 0 : old.content().size());
            Iterator<Entry> oldest = entries.values().iterator();
            while (bytes > capacity) {
                bytes -= oldest.next().content().size();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns {@code loaded} with the bytes that others are sending if they are the same: slow readers share one copy. */
    Entry shared(Entry loaded) {
        lock.lock();
        try {
            WeakReference<Bytes> known = inUse.get(loaded.etag());
            Bytes same = known == null ? null : known.get();
            if (same != null) {
                return new Entry(same, loaded.etag());
            }
            purge();
            inUse.put(loaded.etag(), new WeakReference<>(loaded.content()));
            return loaded;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what nobody sends any more, seldom enough to cost little a file. */
    private void purge() {
        if (inUse.size() >= purgeAt) {
            inUse.values().removeIf(content -> content.get() == null);
            purgeAt = Math.max(LEAST_PURGE, 2 * inUse.size());
        }
    }

    /**
     * A file.
     *
     * @param content its bytes
     * @param etag its strong entity tag, in quotes
     */
    record Entry(Bytes content, String etag) {}
}
