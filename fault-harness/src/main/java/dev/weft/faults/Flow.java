package dev.weft.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a {@link Link}: what it does to the bytes that pass. Faults take effect on bytes that have not been
 * passed on yet; the order of bytes is kept always. Thread-safe.
 */
public final class Flow {
    /** The most bytes that a flow holds. */
    public static final int MAX_HELD = 256 * 1024;

    private static final int CHUNK = 4 * 1024;
    private static final int SLICES_PER_SECOND = 20;
    private static final byte[] NOTHING = {};
    private static final Chunk FIN = new Chunk(NOTHING, -1, 0);
    private static final Chunk RESET = new Chunk(NOTHING, -2, 0);

    private final Link link;
    private final Socket source;
    private final Socket sink;
    private final BlockingQueue<Chunk> held = new ArrayBlockingQueue<>(MAX_HELD / CHUNK - 2);
    private final Thread reader = Thread.ofVirtual().name("fault-proxy-reader").unstarted(this::read);
    private final Thread writer = Thread.ofVirtual().name("fault-proxy-writer").unstarted(this::write);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private final PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparingLong(Step::offset));
    private final Map<Long, Integer> corruptions = new ConcurrentHashMap<>();
    private Mode mode = Mode.PASS;
    private volatile long delayNanos;
    private volatile long bytesPerSecond;
    private final AtomicLong passed = new AtomicLong();

    Flow(Link link, Socket source, Socket sink) {
        this.link = link;
        this.source = source;
        this.sink = sink;
    }

    private enum Mode {
        PASS,
        STALLED,
        SWALLOW,
        ENDED
    }

    private record Step(long offset, Runnable action) {}

    /** Bytes and when they arrived; a negative size stands for an end. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Chunk(byte[] bytes, int size, long arrival) {}

    void start() {
        reader.start();
        writer.start();
    }

    void stop() {
        reader.interrupt();
        writer.interrupt();
    }

    /** Returns how many bytes have been passed on. */
    public long passed() {
        return passed.get();
    }

    /** Lets everything arrive {@code time} later. */
    public Flow delay(Duration time) {
        delayNanos = time.toNanos();
        return this;
    }

    /** Passes on at most {@code rate} bytes a second; 0 means any number. */
    public Flow throttle(long rate) {
        bytesPerSecond = rate;
        return this;
    }

    /** Passes nothing on until {@link #heal()}; what comes meanwhile waits, beyond {@link #MAX_HELD} in the sender. */
    public Flow stall() {
        return become(Mode.STALLED);
    }

    /** Swallows what comes, a FIN or reset included; what is swallowed stays lost. */
    public Flow blackhole() {
        return become(Mode.SWALLOW);
    }

    /** Passes on again what comes, after {@link #stall()} or {@link #blackhole()}. */
    public Flow heal() {
        return become(Mode.PASS);
    }

    /** Sends FIN now and swallows what comes. */
    public Flow end() {
        become(Mode.ENDED);
        try {
            sink.shutdownOutput();
        } catch (IOException e) {
            // ended is what it should be
        }
        return this;
    }

    /** Sends FIN after the first {@code count} bytes. */
    public Flow endAfter(long count) {
        return at(count, this::end);
    }

    /** Passes byte {@code offset}, counted from 0, on with the bits of {@code xor} turned over. */
    public Flow corrupt(long offset, int xor) {
        corruptions.put(offset, xor);
        return this;
    }

    /**
     * Runs {@code action} as soon as {@code offset} bytes have been passed on and before the next one is: a step of a script,
     * which may set further ones.
     */
    public Flow at(long offset, Runnable action) {
        lock.lock();
        try {
            steps.add(new Step(offset, action));
        } finally {
            lock.unlock();
        }
        return this;
    }

    private Flow become(Mode next) {
        lock.lock();
        try {
            mode = next;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
        return this;
    }

    private void read() {
        try {
            held.put(readChunks());
        } catch (InterruptedException e) {
            // stopped
        }
    }

    /** Returns how the source ended. */
    private Chunk readChunks() throws InterruptedException {
        try {
            while (true) {
                byte[] bytes = new byte[CHUNK];
                int size = source.getInputStream().read(bytes);
                if (size < 0) {
                    return FIN;
                }
                held.put(new Chunk(bytes, size, System.nanoTime()));
            }
        } catch (IOException e) {
            return RESET;
        }
    }

    private void write() {
        try {
            runSteps();
            for (Chunk chunk = held.take(); ; chunk = held.take()) {
                if (chunk.size < 0) {
                    sourceEnded(chunk);
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(chunk.arrival + delayNanos - System.nanoTime());
                pass(chunk);
            }
        } catch (IOException e) {
            if (mode() == Mode.PASS) {
                Link.reset(source); // as the sink did to us
                link.flowEnded();
            }
        } catch (InterruptedException e) {
            // stopped
        }
    }

    private void sourceEnded(Chunk how) throws IOException, InterruptedException {
        runSteps();
        switch (awaitHealed()) {
            case ENDED -> link.flowEnded();
            case PASS -> {
                if (how.size == RESET.size) {
                    Link.reset(sink);
                } else {
                    sink.shutdownOutput();
                }
                link.flowEnded();
            }
            default -> {} // swallowed: the sink waits on
        }
    }

    private void pass(Chunk chunk) throws IOException, InterruptedException {
        for (int at = 0; at < chunk.size; ) {
            long toNextStep = runSteps();
            int count = (int) Math.min(Math.min(chunk.size - at, toNextStep), slice());
            if (awaitHealed() == Mode.PASS) {
                corrupt(chunk.bytes, at, count);
                OutputStream out = sink.getOutputStream();
                out.write(chunk.bytes, at, count);
                passed.addAndGet(count);
                throttle(count);
            }
            at += count;
        }
        runSteps();
    }

    private int slice() {
        long rate = bytesPerSecond;
        return rate == 0 ? CHUNK : Math.clamp(rate / SLICES_PER_SECOND, 1, CHUNK);
    }

    private void throttle(int count) throws InterruptedException {
        long rate = bytesPerSecond;
        if (rate > 0) {
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(count) / rate);
        }
    }

    private void corrupt(byte[] bytes, int at, int count) {
        long from = passed.get();
        corruptions.forEach((offset, xor) -> {
            if (offset >= from && offset < from + count) {
                bytes[at + (int) (offset - from)] ^= xor.byteValue();
            }
        });
    }

    /** Runs the steps that are due and returns how many bytes may pass before the next one. */
    private long runSteps() {
        for (Step step = dueStep(); step != null; step = dueStep()) {
            step.action.run();
        }
        lock.lock();
        try {
            Step next = steps.peek();
            return next == null ? Long.MAX_VALUE : next.offset - passed.get();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Step dueStep() {
        lock.lock();
        try {
            Step next = steps.peek();
            return next == null || next.offset > passed.get() ? null : steps.poll();
        } finally {
            lock.unlock();
        }
    }

    private Mode awaitHealed() throws InterruptedException {
        lock.lock();
        try {
            while (mode == Mode.STALLED) {
                healed.await();
            }
            return mode;
        } finally {
            lock.unlock();
        }
    }

    private Mode mode() {
        lock.lock();
        try {
            return mode;
        } finally {
            lock.unlock();
        }
    }
}
