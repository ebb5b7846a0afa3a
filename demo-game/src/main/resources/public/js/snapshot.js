// Reads what Snapshots.java packs; the layout is described there.

/** Returns {keyframe, resting, width, height, tick, base, shuttles, owners, threads}; the last two are lists of runs. */
export function decode(data) {
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const input = new Input(bytes);
  const flags = input.byte();
  return {
    keyframe: (flags & 1) !== 0,
    resting: (flags & 2) !== 0,
    width: input.byte(),
    height: input.byte(),
    tick: input.varint(),
    base: input.varint(),
    shuttles: input.list(input.byte(), () => shuttle(input)),
    owners: input.list(input.varint(), () => run(input)),
    threads: input.list(input.varint(), () => run(input)),
  };
}

function shuttle(input) {
  const [id, x, y, state, seq] = [input.byte(), input.byte(), input.byte(), input.byte(), input.varint()];
  return { id, x, y, dir: state & 3, flies: (state & 4) !== 0, bot: (state & 8) !== 0, away: (state & 16) !== 0, seq };
}

function run(input) {
  return { skip: input.varint(), length: input.varint(), value: input.byte() };
}

class Input {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new RangeError("the snapshot ends too early");
    return this.bytes[this.at++];
  }

  varint() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  list(count, read) {
    return Array.from({ length: count }, read);
  }
}

/** The cells as the server sees them, put together from keyframes and deltas. */
export class Cells {
  constructor() {
    this.width = 0;
    this.height = 0;
    this.tick = -1;
    this.base = -1;
    this.owners = new Uint8Array(0);
    this.threads = new Uint8Array(0);
  }

  /**
   * Takes a decoded snapshot in. Returns the cells that have changed, or null if it refers to a keyframe that never came;
   * then a keyframe should be asked for.
   */
  apply(snapshot) {
    if (snapshot.keyframe) this.#rebase(snapshot);
    if (snapshot.base !== this.base) return null;
    if (snapshot.tick <= this.tick) return [];
    this.tick = snapshot.tick;
    const owners = snapshot.keyframe ? this.baseOwners : withRuns(this.baseOwners, snapshot.owners);
    const threads = snapshot.keyframe ? this.baseThreads : withRuns(this.baseThreads, snapshot.threads);
    const changed = [];
    for (let cell = 0; cell < owners.length; cell++) {
      if (owners[cell] !== this.owners[cell] || threads[cell] !== this.threads[cell]) changed.push(cell);
    }
    this.owners = owners;
    this.threads = threads;
    return changed;
  }

  #rebase(snapshot) {
    const size = snapshot.width * snapshot.height;
    if (this.owners.length !== size) {
      this.owners = new Uint8Array(size);
      this.threads = new Uint8Array(size);
    }
    this.width = snapshot.width;
    this.height = snapshot.height;
    this.base = snapshot.base;
    this.baseOwners = withRuns(new Uint8Array(size), snapshot.owners);
    this.baseThreads = withRuns(new Uint8Array(size), snapshot.threads);
  }
}

function withRuns(before, runs) {
  const cells = before.slice();
  let cell = 0;
  for (const { skip, length, value } of runs) {
    cell += skip;
    cells.fill(value, cell, cell + length);
    cell += length;
  }
  return cells;
}

/** A thread byte: whose thread it is. */
export const threadOwner = (thread) => thread & 31;
/** A thread byte: in which direction the shuttle entered the cell. */
export const threadDir = (thread) => thread >> 5;
