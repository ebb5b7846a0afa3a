package dev.weft.conformance.behaviour;

import dev.weft.annotation.Endpoint;
import dev.weft.annotation.OnMessage;
import jakarta.inject.Inject;

/** Handlers that cannot be created without something of the application's. */
@Endpoint("/needy")
class NeedyHandlers {
    private final Ledger ledger;

    /** What they need. */
    record Ledger(int balance) {}

    @Inject
    NeedyHandlers(Ledger ledger) {
        this.ledger = ledger;
    }

    @OnMessage("balance")
    int balance() {
        return ledger.balance();
    }
}
