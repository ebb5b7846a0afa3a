package dev.weft.demo.game.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.demo.game.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The page's copy of the rules against the server's. */
class PageRulesTest {
    private static final int TURNS = 10_000;

    @Test
    void predictsWhatTheServerDoesForTenThousandRandomTurns() throws Exception {
        SplittableRandom random = new SplittableRandom(2026);
        Shuttle shuttle = new Shuttle(1);
        shuttle.flight = new Flight(20, 15, Direction.RIGHT);
        List<String> turns = new ArrayList<>();
        List<String> flights = new ArrayList<>();
        for (int tick = 1; tick <= TURNS; tick++) {
            Turn turn = new Turn(tick, random.nextInt(4), tick + random.nextInt(-1, 3));
            turns.add("{\"dir\":%d,\"tick\":%d}".formatted(turn.dir(), turn.tick()));
            shuttle.steer(turn, tick - 1);
            shuttle.move(tick, 40, 30);
            Flight flight = shuttle.flight();
            flights.add(flight.x() + " " + flight.y() + " " + flight.dir().number());
        }
        String input = "{\"width\":40,\"height\":30,\"flight\":{\"x\":20,\"y\":15,\"dir\":1},\"turns\":" + turns + "}";
        assertThat(shuttle.seq()).as("no turn may have been dropped").isGreaterThan(TURNS - Rules.MAX_WAITING_TURNS);
        assertThat(Tools.node("steps.js", input)).isEqualTo(flights);
    }

    @Test
    void neverNeedsACorrectionWhileThePageRunsAheadByTheRoundTrip() throws Exception {
        assertThat(Tools.node("prediction.js", "", "3", "7"))
                .singleElement()
                .asString()
                .contains("\"wrong\":0,\"corrections\":0,")
                .containsPattern("\"compared\":4\\d\\d\\d,");
    }

    @Test
    void noticesEveryTurnThatComesTooLate() throws Exception {
        assertThat(Tools.node("prediction.js", "", "4", "1"))
                .singleElement()
                .asString()
                .containsPattern("\"corrections\":[1-9]\\d\\d");
    }
}
