package dev.weft.demo.game;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.demo.game.arena.Arena;
import dev.weft.demo.game.arena.Arenas;
import dev.weft.demo.game.message.ChatLine;
import dev.weft.demo.game.message.Row;
import dev.weft.demo.game.world.Direction;
import dev.weft.demo.game.world.Flight;
import dev.weft.demo.game.world.World;
import dev.weft.server.Weft;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page in two real browsers against the server, each claim compared with the server's own state. */
class BrowserTest {
    private static final Map<Direction, Keys> ARROWS = Map.of(
            Direction.UP, Keys.ARROW_UP,
            Direction.RIGHT, Keys.ARROW_RIGHT,
            Direction.DOWN, Keys.ARROW_DOWN,
            Direction.LEFT, Keys.ARROW_LEFT);

    private static final Arenas arenas = new Arenas(0);
    private static Weft server;

    @BeforeAll
    static void start() {
        server = GameServer.start(arenas, "127.0.0.1", 0, false);
    }

    @AfterAll
    static void stop() {
        server.close();
        arenas.close();
    }

    @Test
    void twoPlayersSeeEachOtherMoveAndTalk() throws Exception {
        try (Page ann = new Page(server.port());
                Page bob = new Page(server.port())) {
            ann.screenshot("join");
            ann.join("silk", "Ann");
            bob.join("silk", "Bob");
            Arena arena = Objects.requireNonNull(arenas.named("silk"));
            assertThat(arena.board().rows()).extracting(Row::name).containsExactlyInAnyOrder("Ann", "Bob");
            bob.await("Ann on the leaderboard", "document.getElementById('rows').textContent.includes('Ann')");

            int id = ann.number("loom.game.me");
            assertThat(row(arena, "Ann").id()).isEqualTo(id);
            Direction wanted = flight(arena, id).dir().left();
            bob.remember();
            ann.press(ARROWS.get(wanted));
            Tools.await("the server turns Ann", () -> flight(arena, id).dir() == wanted);
            Tools.await("Bob's page shows what the server knows", () -> shows(bob, arena, id));
            ann.remember();
            Tools.await("and so does Ann's own", () -> shows(ann, arena, id));

            ann.press(Keys.ENTER);
            ann.press("Hello, Bob!", Keys.ENTER);
            bob.await("Ann's line", "document.getElementById('lines').textContent.includes('Hello, Bob!')");
            assertThat(arena.lines()).contains(new ChatLine(id, "Ann", "Hello, Bob!"));
            assertThat(bob.text("lines")).contains("Ann Hello, Bob!");
            bob.press("h");
            bob.await(
                    "the transport in the display",
                    "document.getElementById('numbers').textContent.includes('websocket')");
            bob.screenshot("two-players");
        }
    }

    @Test
    void aCutConnectionComesBackToItsSeat() throws Exception {
        try (Page ann = new Page(server.port());
                Page bob = new Page(server.port())) {
            ann.join("wool", "Ann");
            bob.join("wool", "Bob");
            Arena arena = Objects.requireNonNull(arenas.named("wool"));
            int id = ann.number("loom.game.me");

            ann.click("cutNetwork");
            Tools.await("the server notices", () -> row(arena, "Ann").away());
            bob.await("Bob's page greys Ann out", "loom.game.tracks.tracks.get(" + id + ").at(-1).away");
            Flight lost = flight(arena, id);
            bob.screenshot("away");
            ann.await("Ann's page is back", "loom.game.returns === 1 && loom.game.prediction.active");

            assertThat(ann.number("loom.game.me")).isEqualTo(id);
            assertThat(row(arena, "Ann").away()).isFalse();
            assertThat(arena.board().rows()).hasSize(2);
            assertThat(flight(arena, id)).as("it glided on").isNotEqualTo(lost);
            bob.await("Bob's page shows her back", "!loom.game.tracks.tracks.get(" + id + ").at(-1).away");

            Direction wanted = flight(arena, id).dir().right();
            ann.press(ARROWS.get(wanted));
            Tools.await("she steers again", () -> flight(arena, id).dir() == wanted);
            ann.screenshot("back");
        }
    }

    @Test
    void playsOnOverLongPollingAlone() throws Exception {
        try (Page ann = new Page(server.port())) {
            ann.join("hemp", "Ann");
            Arena arena = Objects.requireNonNull(arenas.named("hemp"));
            int id = ann.number("loom.game.me");
            ann.click("pollingOnly");
            ann.await("a return over polling", "loom.game.returns === 1 && loom.net.transport === 'polling'");
            ann.await("snapshots over polling", "loom.game.prediction.active");
            Direction wanted = flight(arena, id).dir().left();
            ann.press(ARROWS.get(wanted));
            Tools.await("the server turns Ann", () -> flight(arena, id).dir() == wanted);
            assertThat(ann.ask("loom.net.transport")).isEqualTo("polling");
        }
    }

    @Test
    void looksGoodWithBots() throws Exception {
        try (Arenas crowd = new Arenas(12);
                Weft busy = GameServer.start(crowd, "127.0.0.1", 0, false);
                Page ann = new Page(busy.port())) {
            ann.join("linen", "Penelope");
            Arena arena = Objects.requireNonNull(crowd.named("linen"));
            assertThat(arena.info().players()).isEqualTo(1);
            assertThat(arena.info().bots()).isEqualTo(11);
            Tools.await("the bots have woven a quarter of the cloth", () -> woven(arena) > 0.25);
            ann.await("the leaderboard shows it", "loom.game.rows.reduce((sum, row) => sum + row.area, 0) > 2000");
            ann.screenshot("loom");
        }
    }

    private static boolean shows(Page page, Arena arena, int id) {
        record Truth(int tick, long sum, String flight) {}
        Truth truth = arena.read(world -> new Truth(world.tick(), sum(world), words(flight(world, id))));
        page.await("step " + truth.tick(), "loom.game.cells.tick >= " + truth.tick());
        Map<?, ?> memory = page.memory(truth.tick());
        return memory.get("sum") instanceof Long sum
                && sum == truth.sum()
                && memory.get("flights") instanceof Map<?, ?> flights
                && truth.flight().equals(flights.get(String.valueOf(id)));
    }

    private static long sum(World world) {
        int sum = 0;
        for (byte owner : world.cloth().copyOfOwners()) {
            sum = sum * 31 + owner;
        }
        return sum;
    }

    private static double woven(Arena arena) {
        int cells = arena.board().rows().stream().mapToInt(Row::area).sum();
        return cells / (double) arena.read(world -> world.cloth().size());
    }

    private static String words(Flight flight) {
        return flight.x() + " " + flight.y() + " " + flight.dir().number();
    }

    private static Flight flight(Arena arena, int id) {
        return arena.read(world -> flight(world, id));
    }

    private static Flight flight(World world, int id) {
        return Objects.requireNonNull(world.shuttle(id)).flight();
    }

    private static Row row(Arena arena, String name) {
        return arena.board().rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
