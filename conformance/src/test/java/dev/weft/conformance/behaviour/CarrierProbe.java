package dev.weft.conformance.behaviour;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds out by trying whether virtual threads of this JVM run on more than one carrier. */
public final class CarrierProbe {
    static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

    private static final int ENOUGH_MILLIS = 2_000;

    private CarrierProbe() {}

    /** Prints the configured parallelism and whether two virtual threads met. */
    public static void main(String[] args) throws InterruptedException {
        System.out.println(System.getProperty(PARALLELISM) + " " + meet(Duration.ofMillis(ENOUGH_MILLIS)));
    }

    /** Returns whether two virtual threads that never give way were both running within {@code limit}. */
    static boolean meet(Duration limit) throws InterruptedException {
        AtomicInteger here = new AtomicInteger();
        AtomicInteger met = new AtomicInteger();
        Runnable visit = () -> {
            here.incrementAndGet();
            for (long end = System.nanoTime() + limit.toNanos(); here.get() < 2 && System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            if (here.get() == 2) {
                met.incrementAndGet();
            } else {
                here.decrementAndGet(); // nobody came while this one was here
            }
        };
        Thread one = Thread.ofVirtual().start(visit);
        Thread two = Thread.ofVirtual().start(visit);
        one.join();
        two.join();
        return met.get() > 0;
    }
}
