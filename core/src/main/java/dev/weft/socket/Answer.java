package dev.weft.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What clients will answer. A handler may wait for it, and for what is chained to it: its own client is read meanwhile, since
 * the answer may have to come from there.
 */
final class Answer<T> extends CompletableFuture<T> {
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Answer<>();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        boolean waits = HandlerThread.beginWait(this);
        try {
            return super.get();
        } finally {
            HandlerThread.endWait(waits);
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        boolean waits = HandlerThread.beginWait(this);
        try {
            return super.get(timeout, unit);
        } finally {
            HandlerThread.endWait(waits);
        }
    }

    @Override
    public T join() {
        boolean waits = HandlerThread.beginWait(this);
        try {
            return super.join();
        } finally {
            HandlerThread.endWait(waits);
        }
    }
}
