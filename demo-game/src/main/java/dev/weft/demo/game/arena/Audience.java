package dev.weft.demo.game.arena;

/** Everyone who is in an arena. Calls come from the thread that plays its steps and from those of players. */
public interface Audience {
    /** Tells everyone; nobody misses it. */
    void tell(String event, Object value);

    /** Tells everyone who has received all that came before; the others skip it. */
    void show(String event, Object value);
}
