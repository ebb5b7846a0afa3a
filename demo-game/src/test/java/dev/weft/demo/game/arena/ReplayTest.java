package dev.weft.demo.game.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.demo.game.Tools;
import dev.weft.demo.game.world.Shuttle;
import dev.weft.demo.game.world.World;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplayTest {
    @Test
    void playsTheSameTwoHundredStepsTwice() throws Exception {
        assertThat(replay(42)).isEqualTo(replay(42)).isNotEqualTo(replay(43));
    }

    @Test
    void showsThePageTheWorldOfTheServerThoughOneSnapshotInThreeIsLost() throws Exception {
        Listeners listeners = new Listeners();
        Arena arena = new Arena("linen", 12, 5, listeners);
        SplittableRandom losses = new SplittableRandom(5);
        List<String> sent = new ArrayList<>(List.of(base64(arena.keyframe())));
        List<String> expected = new ArrayList<>(List.of(arena.read(ReplayTest::describe)));
        for (int i = 0; i < 600; i++) {
            arena.step();
            byte[] snapshot = listeners.snapshots.getLast();
            if ((snapshot[0] & 1) == 1 || losses.nextInt(3) > 0) {
                sent.add(base64(snapshot));
                expected.add(arena.read(ReplayTest::describe));
            }
        }
        assertThat(Tools.node("snapshots.js", String.join("\n", sent))).isEqualTo(expected);
    }

    @Test
    void healsALostKeyframeWhenThePageAsksForIt() throws Exception {
        Listeners listeners = new Listeners();
        Arena arena = new Arena("linen", 12, 5, listeners);
        List<String> sent = new ArrayList<>(List.of(base64(arena.keyframe())));
        for (int i = 0; i < 30; i++) {
            arena.step();
        }
        assertThat(listeners.snapshots.getLast()[0] & 1)
                .as("the keyframe that gets lost")
                .isEqualTo(1);
        arena.step();
        sent.add(base64(listeners.snapshots.getLast()));
        sent.add(base64(arena.keyframe()));
        arena.step();
        sent.add(base64(listeners.snapshots.getLast()));
        List<String> printed = Tools.node("snapshots.js", String.join("\n", sent));
        assertThat(printed.get(1)).isEqualTo("lost");
        assertThat(printed.getLast()).isEqualTo(arena.read(ReplayTest::describe));
    }

    @Test
    void keepsSnapshotsOfTwelveShuttlesSmall() {
        Listeners listeners = new Listeners();
        Arena arena = new Arena("linen", 12, 5, listeners);
        for (int i = 0; i < 2000; i++) {
            arena.step();
        }
        double perSecond = 15
                * listeners.snapshots.stream()
                        .mapToInt(bytes -> bytes.length)
                        .average()
                        .orElseThrow();
        assertThat(perSecond).isLessThan(8 * 1024);
    }

    private static String replay(long seed) throws Exception {
        Listeners listeners = new Listeners();
        Arena arena = new Arena("linen", 12, seed, listeners);
        for (int i = 0; i < 200; i++) {
            arena.step();
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        listeners.snapshots.forEach(digest::update);
        assertThat(listeners.snapshots).hasSize(200);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String describe(World world) {
        String shuttles = world.shuttles().stream().map(ReplayTest::state).collect(Collectors.joining(";"));
        String owners = sha256(world.cloth().copyOfOwners());
        return world.tick() + " " + owners + " " + sha256(world.cloth().copyOfThreads()) + " " + shuttles;
    }

    private static String state(Shuttle shuttle) {
        List<Object> fields = List.of(
                shuttle.id(),
                shuttle.flight().x(),
                shuttle.flight().y(),
                shuttle.flight().dir().number(),
                shuttle.flies(),
                true,
                false,
                shuttle.seq());
        return fields.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
