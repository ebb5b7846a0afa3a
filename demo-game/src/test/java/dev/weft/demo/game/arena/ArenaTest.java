package dev.weft.demo.game.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.demo.game.message.ChatLine;
import dev.weft.demo.game.message.Joined;
import dev.weft.demo.game.message.Round;
import dev.weft.demo.game.message.Row;
import dev.weft.demo.game.world.Direction;
import dev.weft.demo.game.world.Flight;
import dev.weft.demo.game.world.Rules;
import dev.weft.demo.game.world.Turn;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ArenaTest {
    private final Listeners listeners = new Listeners();
    private final Arena arena = new Arena("linen", 4, 1, listeners);

    @Test
    void fillsSeatsWithBotsAndLetsThemGoForPlayers() {
        assertThat(arena.info().bots()).isEqualTo(4);
        join("c1");
        assertThat(arena.info().bots()).isEqualTo(3);
        assertThat(arena.info().players()).isEqualTo(1);
        arena.leave("c1");
        assertThat(arena.info().bots()).isEqualTo(4);
    }

    @Test
    void refusesAPlayerWhenAllSeatsAreTaken() {
        for (int i = 0; i < Rules.MAX_SHUTTLES; i++) {
            join("c" + i);
        }
        assertThat(arena.join("late", "Late")).isNull();
    }

    @Test
    void steersTheShuttleOfTheClientOnly() {
        int ann = join("c1").id();
        int bob = join("c2").id();
        Direction before = flight(bob).dir();
        Direction wanted = flight(ann).dir().right();
        arena.turn("c1", new Turn(1, wanted.number(), 0));
        arena.step();
        assertThat(flight(ann).dir()).isEqualTo(wanted);
        assertThat(flight(bob).dir()).isEqualTo(before);
    }

    @Test
    void keepsTheSeatOfAPlayerWhoComesBackWithTheToken() {
        Joined joined = join("c1");
        arena.away("c1");
        assertThat(row(joined.id()).away()).isTrue();
        steps(Rules.HOLD_STEPS - 1);
        Joined back = arena.rejoin("c2", joined.token());
        assertThat(back).isNotNull().returns(joined.id(), Joined::id).returns(joined.token(), Joined::token);
        assertThat(row(joined.id()).away()).isFalse();
        steps(Rules.HOLD_STEPS + 5);
        assertThat(row(joined.id()).bot()).isFalse();
    }

    @Test
    void acceptsTurnsCountedFromOneAfterAReturn() {
        Joined joined = join("c1");
        arena.turn("c1", new Turn(900, 0, 0));
        arena.step();
        arena.away("c1");
        arena.rejoin("c2", joined.token());
        Direction wanted = flight(joined.id()).dir().left();
        arena.turn("c2", new Turn(1, wanted.number(), 0));
        arena.step();
        assertThat(flight(joined.id()).dir()).isEqualTo(wanted);
    }

    @Test
    void letsAnotherTakeTheSeatAfterTwentySeconds() {
        Joined joined = join("c1");
        arena.away("c1");
        steps(Rules.HOLD_STEPS + 1);
        assertThat(arena.rejoin("c2", joined.token())).isNull();
        assertThat(arena.deserted()).isTrue();
        assertThat(arena.info().bots()).isEqualTo(4);
    }

    @Test
    void ignoresTheLateGoodbyeOfAConnectionThatHasBeenReplaced() {
        Joined joined = join("c1");
        arena.rejoin("c2", joined.token());
        arena.away("c1");
        assertThat(row(joined.id()).away()).isFalse();
    }

    @Test
    void doesNotGiveTheSeatOfABotToAnyToken() {
        assertThat(arena.rejoin("c1", "")).isNull();
    }

    @Test
    void passesChatOnAndStopsAFlood() {
        int ann = join("c1").id();
        boolean last = true;
        for (int i = 0; i < 5; i++) {
            last = arena.chat("c1", "line " + i);
        }
        assertThat(last).isFalse();
        assertThat(listeners.told("chat", ChatLine.class))
                .contains(new ChatLine(ann, "Ann", "line 0"))
                .doesNotContain(new ChatLine(ann, "Ann", "line 4"));
        steps(2 * Rules.STEPS_PER_SECOND);
        assertThat(arena.chat("c1", "again")).isTrue();
        assertThat(arena.lines()).last().isEqualTo(new ChatLine(ann, "Ann", "again"));
    }

    @Test
    void endsARoundAfterThreeMinutesAndNamesTheOrder() {
        steps(Rules.ROUND_STEPS);
        assertThat(listeners.told("round", Round.class)).singleElement().satisfies(round -> {
            assertThat(round.resting()).isTrue();
            assertThat(round.ranking()).hasSize(4).isSortedAccordingTo((a, b) -> Integer.compare(b.area(), a.area()));
        });
        Flight resting = flight(1);
        steps(Rules.REST_STEPS - 1);
        assertThat(flight(1)).isEqualTo(resting);
        steps(1);
        assertThat(listeners.told("round", Round.class)).last().satisfies(round -> {
            assertThat(round.number()).isEqualTo(2);
            assertThat(round.resting()).isFalse();
        });
        assertThat(arena.board().rows()).allMatch(row -> row.area() > 0 && row.area() < 60);
    }

    private Joined join(String client) {
        return Objects.requireNonNull(arena.join(client, "Ann"));
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            arena.step();
        }
    }

    private Row row(int id) {
        return arena.board().rows().stream()
                .filter(row -> row.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private Flight flight(int id) {
        return arena.read(world -> Objects.requireNonNull(world.shuttle(id)).flight());
    }
}
