package dev.weft.demo.game.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlightTest {
    @Test
    void movesOneCellInItsDirection() {
        assertThat(new Flight(4, 4, Direction.UP).moved(9, 9)).isEqualTo(new Flight(4, 3, Direction.UP));
        assertThat(new Flight(4, 4, Direction.LEFT).moved(9, 9)).isEqualTo(new Flight(3, 4, Direction.LEFT));
    }

    @Test
    void turnsRightAtTheSelvedge() {
        assertThat(new Flight(8, 4, Direction.RIGHT).moved(9, 9)).isEqualTo(new Flight(8, 5, Direction.DOWN));
    }

    @Test
    void turnsLeftInACornerWhereRightIsOutside() {
        assertThat(new Flight(8, 8, Direction.RIGHT).moved(9, 9)).isEqualTo(new Flight(8, 7, Direction.UP));
    }

    @Test
    void ignoresATurnToTheOppositeSide() {
        assertThat(new Flight(4, 4, Direction.RIGHT).turned(Direction.LEFT))
                .isEqualTo(new Flight(4, 4, Direction.RIGHT));
    }
}
