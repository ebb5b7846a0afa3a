package dev.weft.demo.game.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShuttleTest {
    private final Shuttle shuttle = new Shuttle(1);

    ShuttleTest() {
        shuttle.flight = new Flight(50, 50, Direction.RIGHT);
    }

    @Test
    void turnsAtTheStepThatTheTurnIsDatedTo() {
        shuttle.steer(new Turn(1, Direction.DOWN.number(), 12), 10);
        move(11);
        assertThat(shuttle.flight().dir()).isEqualTo(Direction.RIGHT);
        assertThat(shuttle.seq()).isZero();
        move(12);
        assertThat(shuttle.flight()).isEqualTo(new Flight(51, 51, Direction.DOWN));
        assertThat(shuttle.seq()).isEqualTo(1);
    }

    @Test
    void turnsAtOnceWhenTheTurnComesLate() {
        shuttle.steer(new Turn(1, Direction.UP.number(), 3), 10);
        move(11);
        assertThat(shuttle.flight().dir()).isEqualTo(Direction.UP);
    }

    @Test
    void takesOneTurnThatChangesSomethingPerStep() {
        shuttle.steer(new Turn(1, Direction.LEFT.number(), 0), 10);
        shuttle.steer(new Turn(2, Direction.UP.number(), 0), 10);
        shuttle.steer(new Turn(3, Direction.LEFT.number(), 0), 10);
        move(11);
        assertThat(shuttle.flight()).isEqualTo(new Flight(50, 49, Direction.UP));
        assertThat(shuttle.seq()).isEqualTo(2);
        move(12);
        assertThat(shuttle.flight()).isEqualTo(new Flight(49, 49, Direction.LEFT));
    }

    @Test
    void dropsRepeatedTurnsAndThoseBeyondTheLimit() {
        for (int seq = 1; seq <= 50; seq++) {
            shuttle.steer(new Turn(seq, seq % 2 == 0 ? 1 : 2, 0), 10);
            shuttle.steer(new Turn(1, 0, 0), 10);
        }
        for (int tick = 11; tick < 60; tick++) {
            move(tick);
        }
        assertThat(shuttle.seq()).isEqualTo(Rules.MAX_WAITING_TURNS);
    }

    @Test
    void doesNotLetAClientBookTheFarFuture() {
        shuttle.steer(new Turn(1, Direction.DOWN.number(), Integer.MAX_VALUE), 10);
        move(10 + Rules.MAX_LEAD);
        assertThat(shuttle.flight().dir()).isEqualTo(Direction.DOWN);
    }

    private void move(int tick) {
        shuttle.move(tick, 100, 100);
    }
}
