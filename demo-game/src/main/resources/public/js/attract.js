// Behind the join screen a cloth weaves itself: each shuttle fills a patch row by row, to and fro.

import { noise } from "./yarn.js";

const WIDTH = 120;
const HEIGHT = 80;
const CELLS_PER_SECOND = 26;

export class Attract {
  constructor(shuttles = 14) {
    this.width = WIDTH;
    this.height = HEIGHT;
    this.owners = new Uint8Array(WIDTH * HEIGHT);
    const salt = Math.floor(Math.random() * 1000);
    this.seeds = Array.from({ length: shuttles }, (_, i) => ({
      id: i + 1,
      x: noise(i, salt) * WIDTH,
      y: ((i + noise(salt, i)) / shuttles) * HEIGHT,
    }));
    this.rows = this.seeds.map((seed) => this.#patch(seed));
    this.done = this.rows.map((cells) => Math.floor(cells.length * 0.62));
    this.rows.forEach((cells, i) => cells.slice(0, this.done[i]).forEach((cell) => (this.owners[cell] = this.seeds[i].id)));
  }

  /** Weaves on; returns the cells that have changed. */
  advance(seconds) {
    const changed = [];
    this.rows.forEach((cells, i) => {
      const from = Math.floor(this.done[i]);
      this.done[i] = Math.min(cells.length, this.done[i] + seconds * CELLS_PER_SECOND);
      for (const cell of cells.slice(from, Math.floor(this.done[i]))) {
        this.owners[cell] = this.seeds[i].id;
        changed.push(cell);
      }
    });
    return changed;
  }

  /** Returns the shuttles where they are now. */
  shuttles() {
    return this.rows.flatMap((cells, i) => {
      const at = Math.floor(this.done[i]);
      if (at + 1 >= cells.length) return [];
      const [x, y] = [cells[at] % WIDTH, Math.floor(cells[at] / WIDTH)];
      const dir = cells[at + 1] % WIDTH >= x ? 1 : 3;
      const part = this.done[i] - at;
      return [{ id: this.seeds[i].id, x: x + (dir === 1 ? part : -part), y, dir }];
    });
  }

  /** The cells nearest to a seed, with a ragged border and a gap to the next patch, from bottom to top. */
  #patch(seed) {
    const rows = [];
    for (let y = HEIGHT - 1; y >= 0; y--) {
      const row = [];
      for (let x = 0; x < WIDTH; x++) {
        const [first, second] = this.#nearest(x, y);
        if (first.seed === seed && second.distance - first.distance > 3) row.push(y * WIDTH + x);
      }
      rows.push(rows.length % 2 === 0 ? row : row.reverse());
    }
    return rows.flat();
  }

  #nearest(x, y) {
    const ragged = 3 * noise(x >> 3, y >> 2);
    return this.seeds
      .map((seed) => ({ seed, distance: Math.max(Math.abs(seed.x - x), Math.abs(seed.y - y) * 1.3) + ragged }))
      .sort((a, b) => a.distance - b.distance);
  }
}
