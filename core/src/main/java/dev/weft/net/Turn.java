package dev.weft.net;

import java.util.concurrent.Semaphore;

/**
 * The turn of one handshake to compute. It is given back while the handshake waits for its peer, so peers that stall keep
 * nobody else waiting. Belongs to the thread of the handshake.
 */
final class Turn {
    private final Semaphore turns;
    private boolean held;

    Turn(Semaphore turns) {
        this.turns = turns;
    }

    /** Waits for the turn. */
    void take() {
        turns.acquireUninterruptibly();
        held = true;
    }

    /** Gives the turn back, if it is held; returns whether it was. */
    boolean give() {
        boolean given = held;
        if (given) {
            held = false;
            turns.release();
        }
        return given;
    }

    /** Waits for the turn again if {@code given}. */
    void takeBack(boolean given) {
        if (given) {
            take();
        }
    }
}
