package dev.weft.socket;

import dev.weft.Arguments;
import dev.weft.Replies;
import dev.weft.adapter.Adapter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** Gathers the answers to one broadcast until all have come or the deadline passes. Thread-safe. */
final class BroadcastAcks implements Adapter.Acks {
    private final CompletableFuture<Replies<Arguments>> replies = new Answer<>();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private final Set<String> outstanding = new HashSet<>();
    private final Set<String> lost = new HashSet<>();
    private final List<Arguments> answers = new ArrayList<>();
    private boolean everyoneAsked;

    CompletableFuture<Replies<Arguments>> replies() {
        return replies;
    }

    @Override
    public void asked(String socketId) {
        change(() -> outstanding.add(socketId));
    }

    @Override
    public void answered(String socketId, Arguments answer) {
        change(() -> {
            if (outstanding.remove(socketId)) {
                answers.add(answer);
            }
        });
    }

    @Override
    public void lost(String socketId) {
        change(() -> {
            if (outstanding.remove(socketId)) {
                lost.add(socketId);
            }
        });
    }

    void everyoneAsked() {
        change(() -> everyoneAsked = true);
    }

    void timeOut() {
        change(() -> {
            lost.addAll(outstanding);
            outstanding.clear();
            everyoneAsked = true;
        });
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            if (everyoneAsked && outstanding.isEmpty() && !replies.isDone()) {
                replies.complete(new Replies<>(answers, lost));
            }
        } finally {
            lock.unlock();
        }
    }
}
