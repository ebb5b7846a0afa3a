package dev.weft.demo.game.world;

import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * Packs a world into bytes, once for everyone in the arena. Not thread-safe.
 *
 * <p>This is the only description of the layout; {@code snapshot.js} reads it. Numbers are unsigned; a varint has seven
 * bits per byte, lowest first, the top bit set on all bytes but the last.
 *
 * <pre>
 * byte    flags: 1 = keyframe, 2 = the shuttles rest
 * byte    width, byte height                                       of the cloth, in cells
 * varint  tick                                                     the step that this shows
 * varint  base                                                     the step of the keyframe that the cells refer to
 * byte    shuttles, then for each by ascending id:
 *   byte    id, byte x, byte y
 *   byte    direction | 4 if it flies | 8 if a bot steers it | 16 if its player is away
 *   varint  seq                                                    the last turn that has been dealt with
 * runs    owners that differ from the keyframe
 * runs    threads that differ from the keyframe                    (owner | direction << 5)
 *
 * runs: varint count, then for each: varint cells to skip, varint length, byte value
 * </pre>
 *
 * A keyframe has its own tick as base and refers to an empty cloth. Other snapshots hold everything that has changed since
 * the keyframe, not since the previous snapshot; so a snapshot that was never sent does no harm.
 */
public final class Snapshots {
    private static final int KEYFRAME = 1;
    private static final int RESTING = 2;

    private final World world;
    private final byte[] noCells;
    private byte[] baseOwners;
    private byte[] baseThreads;
    private int base;
    private byte[] keyframe = {};

    /** Creates the packer of a world. */
    public Snapshots(World world) {
        this.world = world;
        noCells = new byte[world.cloth().size()];
        baseOwners = noCells;
        baseThreads = noCells;
    }

    /** Returns a keyframe of the world as it is; later deltas refer to it. {@code bots} and {@code away} are ids. */
    public byte[] keyframe(boolean resting, Set<Integer> bots, Set<Integer> away) {
        base = world.tick();
        baseOwners = noCells;
        baseThreads = noCells;
        keyframe = pack(KEYFRAME | (resting ? RESTING : 0), bots, away);
        baseOwners = world.cloth().copyOfOwners();
        baseThreads = world.cloth().copyOfThreads();
        return keyframe;
    }

    /** Returns what has changed since the last keyframe. */
    public byte[] delta(boolean resting, Set<Integer> bots, Set<Integer> away) {
        return pack(resting ? RESTING : 0, bots, away);
    }

    /** Returns the last keyframe again, for somebody who has none. */
    public byte[] lastKeyframe() {
        return keyframe.clone();
    }

    /** Returns how many steps ago the last keyframe was made. */
    public int age() {
        return world.tick() - base;
    }

    private byte[] pack(int flags, Set<Integer> bots, Set<Integer> away) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.write(flags);
        out.write(world.cloth().width());
        out.write(world.cloth().height());
        varint(out, world.tick());
        varint(out, base);
        out.write(world.shuttles().size());
        for (Shuttle shuttle : world.shuttles()) {
            shuttle(out, shuttle, bots.contains(shuttle.id()), away.contains(shuttle.id()));
        }
        runs(out, baseOwners, world.cloth().owners);
        runs(out, baseThreads, world.cloth().threads);
        return out.toByteArray();
    }

    private static void shuttle(ByteArrayOutputStream out, Shuttle shuttle, boolean bot, boolean away) {
        Flight flight = shuttle.flight();
        out.write(shuttle.id());
        out.write(flight.x());
        out.write(flight.y());
        out.write(flight.dir().number() | (shuttle.flies() ? 4 : 0) | (bot ? 8 : 0) | (away ? 16 : 0));
        varint(out, shuttle.seq());
    }

    private static void runs(ByteArrayOutputStream out, byte[] before, byte[] now) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(512);
        int count = 0;
        int written = 0;
        int cell = 0;
        while (cell < now.length) {
            if (now[cell] == before[cell]) {
                cell++;
                continue;
            }
            int start = cell;
            while (cell < now.length && now[cell] == now[start] && now[cell] != before[cell]) {
                cell++;
            }
            varint(body, start - written);
            varint(body, cell - start);
            body.write(now[start]);
            written = cell;
            count++;
        }
        varint(out, count);
        out.writeBytes(body.toByteArray());
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
