package dev.weft.demo.game.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorldTest {
    @Test
    void laysAThreadOutsideTheOwnCloth() {
        Scene scene = new Scene(
                1,
                "..........",
                "AAA.......",
                "AAA.......",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........");
        scene.place(1, 2, 1, Direction.RIGHT);
        scene.steps(3);
        assertThat(scene.rows()[1]).isEqualTo("AAAaaa....");
        assertThat(scene.shuttle(1).threadLength()).isEqualTo(3);
    }

    @Test
    void weavesThreadAndWhatItEnclosesWhenTheLoopCloses() {
        Scene scene = new Scene(
                1,
                "..........",
                ".AAaaaaa..",
                ".AA....a..",
                ".AA....a..",
                ".AA....a..",
                ".AA.aaaa..",
                "..........",
                "..........");
        scene.place(1, 4, 5, Direction.LEFT);
        List<Happening> happenings = List.of();
        for (int i = 0; i < 2; i++) {
            happenings = scene.world.step();
        }
        assertThat(scene.rows())
                .containsExactly(
                        "..........",
                        ".AAAAAAA..",
                        ".AAAAAAA..",
                        ".AAAAAAA..",
                        ".AAAAAAA..",
                        ".AAAAAAA..",
                        "..........",
                        "..........");
        assertThat(scene.shuttle(1).area()).isEqualTo(35);
        assertThat(happenings).containsExactly(new Happening.Woven(1, 25));
        assertThat(scene.shuttle(1).threadLength()).isZero();
    }

    @Test
    void takesEnclosedClothFromOthers() {
        Scene scene = new Scene(
                2,
                "AAaaaaa...",
                "AA....a...",
                "AA.BB.a...",
                "AA.BB.a...",
                "AA....a..B",
                "AA.aaaa...",
                "..........",
                "..........");
        scene.place(1, 3, 5, Direction.LEFT);
        scene.place(2, 8, 4, Direction.RIGHT);
        scene.steps(2);
        assertThat(scene.rows()[2]).startsWith("AAAAAAA");
        assertThat(scene.shuttle(2).area()).isEqualTo(1);
        assertThat(scene.shuttle(2).flies()).isTrue();
    }

    @Test
    void putsAShuttleOutWhoseThreadIsCutAndRewardsTheOther() {
        Scene scene = new Scene(
                2,
                "..........",
                "AAaaaa....",
                "..........",
                "....B.....",
                "....B.....",
                "..........",
                "..........",
                "..........");
        scene.place(1, 5, 1, Direction.RIGHT);
        scene.place(2, 4, 2, Direction.UP);
        List<Happening> happenings = scene.world.step();
        assertThat(happenings).containsExactly(new Happening.Cut(1, 2));
        assertThat(scene.shuttle(1).flies()).isFalse();
        assertThat(scene.shuttle(2).cuts()).isEqualTo(1);
        assertThat(scene.rows()[1]).isEqualTo("AA..b.....");
    }

    @Test
    void letsAShuttleCrossItsOwnThread() {
        Scene scene = new Scene(
                1,
                "..........",
                "AAaaaa....",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........");
        scene.place(1, 4, 2, Direction.UP);
        scene.steps(2);
        assertThat(scene.shuttle(1).flies()).isTrue();
    }

    @Test
    void cutsBothThatMeetHeadOnOutsideTheirCloth() {
        Scene scene = new Scene(
                2,
                "..........",
                "AAa....bBB",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........");
        scene.place(1, 2, 1, Direction.RIGHT);
        scene.place(2, 7, 1, Direction.LEFT);
        scene.steps(3);
        assertThat(scene.shuttle(1).flies()).isFalse();
        assertThat(scene.shuttle(2).flies()).isFalse();
        assertThat(scene.rows()[1]).isEqualTo("AA......BB");
    }

    @Test
    void cutsBothThatFlyThroughEachOther() {
        Scene scene = new Scene(
                2,
                "..........",
                "AAa.b.BBBB",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........");
        scene.place(1, 3, 1, Direction.RIGHT).thread.set(13);
        scene.world.cloth().threads[13] = 1;
        scene.place(2, 4, 1, Direction.LEFT);
        scene.steps(1);
        assertThat(scene.shuttle(1).flies()).isFalse();
        assertThat(scene.shuttle(2).flies()).isFalse();
    }

    @Test
    void cutsOnlyTheIntruderWhenTwoMeetOnTheClothOfOne() {
        Scene scene = new Scene(
                2,
                "..........",
                "AAAAAA.bBB",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........");
        scene.place(1, 4, 1, Direction.RIGHT);
        scene.place(2, 6, 1, Direction.LEFT);
        scene.steps(1);
        assertThat(scene.shuttle(1).flies()).isTrue();
        assertThat(scene.shuttle(2).flies()).isFalse();
    }

    @Test
    void bringsACutShuttleBackOnItsClothAfterThreeSeconds() {
        Scene scene = new Scene(
                2,
                "..........",
                "AAaaaa....",
                "..........",
                "....B.....",
                "....B.....",
                "..........",
                "..........",
                "..........");
        scene.place(1, 5, 1, Direction.RIGHT);
        scene.place(2, 4, 2, Direction.UP);
        scene.steps(Rules.OUT_STEPS);
        assertThat(scene.shuttle(1).flies()).isFalse();
        scene.steps(1);
        assertThat(scene.shuttle(1).flies()).isTrue();
        assertThat(scene.world
                        .cloth()
                        .owner(scene.world.cloth().index(scene.shuttle(1).flight())))
                .isEqualTo(1);
    }

    @Test
    void putsAShuttleOutThatLosesItsLastCell() {
        Scene scene = new Scene(
                2,
                "AAaaaaa...",
                "AA....a...",
                "AA.BB.a...",
                "AA.BB.a...",
                "AA....a...",
                "AA.aaaa...",
                "..........",
                "..........");
        scene.place(1, 3, 5, Direction.LEFT);
        scene.place(2, 8, 4, Direction.DOWN);
        scene.steps(1);
        assertThat(scene.world.step()).contains(new Happening.Cut(2, 1));
        assertThat(scene.shuttle(2).flies()).isFalse();
        assertThat(scene.shuttle(2).area()).isZero();
    }

    @Test
    void takesClothAndThreadOfARemovedShuttleAway() {
        World world = new World(7);
        int id = world.add().id();
        world.remove(id);
        assertThat(world.cloth().copyOfOwners()).containsOnly(0);
        assertThat(world.shuttle(id)).isNull();
        assertThat(world.add().id()).isEqualTo(id);
    }

    @Test
    void refusesMoreShuttlesThanTheClothHasRoomFor() {
        World world = new World(7);
        for (int i = 0; i < Rules.MAX_SHUTTLES; i++) {
            world.add();
        }
        assertThatThrownBy(world::add).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsTheCountsOfAreaTrueThroughALongGameOfPilots() {
        World world = new World(3);
        List<Pilot> pilots = IntStream.range(0, 12)
                .mapToObj(i -> new Pilot(world, world.add()))
                .toList();
        for (int i = 0; i < 1500; i++) {
            pilots.forEach(Pilot::fly);
            world.step();
        }
        int[] counted = new int[Rules.MAX_SHUTTLES + 1];
        for (byte owner : world.cloth().copyOfOwners()) {
            counted[owner]++;
        }
        assertThat(world.shuttles())
                .allSatisfy(shuttle -> assertThat(shuttle.area()).isEqualTo(counted[shuttle.id()]));
        assertThat(world.shuttles().stream().mapToInt(Shuttle::area).sum())
                .isGreaterThan(world.cloth().size() / 4);
    }
}
