package dev.weft.demo.game.arena;

import java.util.List;

/** Endless names for bots, all from the weaver's trade. Not thread-safe. */
final class BotNames {
    private static final List<String> NAMES = List.of(
            "Heddle",
            "Bobbin",
            "Selvedge",
            "Twill",
            "Madder",
            "Linen",
            "Treadle",
            "Damask",
            "Indigo",
            "Spindle",
            "Ikat",
            "Weld",
            "Jacquard",
            "Hemp",
            "Calico",
            "Organza",
            "Tweed",
            "Batik",
            "Gingham",
            "Merino");

    private int next;

    BotNames(long seed) {
        next = (int) Long.remainderUnsigned(seed, NAMES.size());
    }

    String next() {
        next = (next + 1) % NAMES.size();
        return NAMES.get(next);
    }
}
