// Time as the server counts it, and where the others were a moment ago.

/** How many steps the others are shown behind the newest snapshot, so that there is always one to fly towards. */
export const BEHIND = 2;

/** Tells which step the newest snapshot would show if it came right now. */
export class ServerClock {
  constructor(stepsPerSecond) {
    this.stepMillis = 1000 / stepsPerSecond;
    this.offset = null;
  }

  /** A snapshot of step `tick` came at `now`; the quickest ones tell the time, a slow drift forgets them. */
  heard(tick, now) {
    const sample = now - tick * this.stepMillis;
    const known = this.offset;
    const jumped = known !== null && Math.abs(sample - known) > 2000;
    this.offset = known === null || jumped ? sample : Math.min(known + 0.5, sample);
  }

  /** The step, with fraction. */
  at(now) {
    return this.offset === null ? 0 : (now - this.offset) / this.stepMillis;
  }
}

/** Where each shuttle was at the last steps. */
export class Tracks {
  constructor() {
    this.tracks = new Map();
  }

  add(tick, shuttles) {
    const present = new Set();
    for (const shuttle of shuttles) {
      present.add(shuttle.id);
      const track = this.tracks.get(shuttle.id) ?? [];
      if (track.length > 0 && track[track.length - 1].tick >= tick) continue;
      track.push({ tick, ...shuttle });
      if (track.length > 12) track.shift();
      this.tracks.set(shuttle.id, track);
    }
    for (const id of this.tracks.keys()) if (!present.has(id)) this.tracks.delete(id);
  }

  /** Returns the shuttles at step `tick`, between the two snapshots around it. */
  at(tick) {
    const shown = [];
    for (const track of this.tracks.values()) {
      let i = track.length - 1;
      while (i > 0 && track[i].tick > tick) i--;
      const [a, b] = [track[i], track[Math.min(i + 1, track.length - 1)]];
      shown.push(between(a, b, tick));
    }
    return shown;
  }
}

function between(a, b, tick) {
  const steps = b.tick - a.tick;
  const far = Math.abs(a.x - b.x) + Math.abs(a.y - b.y) > steps;
  if (steps === 0 || far || !b.flies) return { ...a };
  const part = Math.min(1, Math.max(0, (tick - a.tick) / steps));
  return { ...a, dir: part > 0.5 ? b.dir : a.dir, x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}
