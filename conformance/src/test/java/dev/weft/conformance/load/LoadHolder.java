package dev.weft.conformance.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that holds many Socket.IO connections: arguments are the port and how many. For every line on its standard
 * input it prints one line of counts; it ends with its input.
 */
public final class LoadHolder {
    private static final int CONNECTING_AT_ONCE = 256;

    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);

    private LoadHolder() {}

    /** Opens the connections and answers until the input ends. */
    public static void main(String[] args) throws IOException {
        LoadHolder holder = new LoadHolder();
        int port = Integer.parseInt(args[0]);
        for (int i = Integer.parseInt(args[1]); i > 0; i--) {
            Thread.ofVirtual().start(() -> holder.hold(port));
        }
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (commands.readLine() != null) {
            System.out.println(holder.connected + " " + holder.lost + " " + holder.received);
        }
        System.exit(0);
    }

    private void hold(int port) {
        boolean joined = false;
        try (HeldConnection connection = open(port)) {
            joined = true;
            connected.incrementAndGet();
            while (!connection.next().isEmpty()) {
                received.incrementAndGet();
            }
        } catch (IOException e) {
            if (lost.getAndIncrement() == 0) {
                System.err.println("first connection lost: " + e);
            }
        } finally {
            if (joined) {
                connected.decrementAndGet();
            }
        }
    }

    private HeldConnection open(int port) throws IOException {
        connecting.acquireUninterruptibly();
        try {
            return HeldConnection.open(port);
        } finally {
            connecting.release();
        }
    }
}
