// The cloth as one large picture: only cells that change are painted again, and the screen gets a cut-out of it per frame.

import { VARIANTS, dye, mix, noise, warpTile, wovenTile } from "./yarn.js";

const SWEEP_MILLIS = 650;
const GLINT_MILLIS = 500;

export class Fabric {
  constructor(width, height, texel) {
    this.width = width;
    this.height = height;
    this.texel = texel; // pixels per cell in the picture
    this.shown = new Uint8Array(width * height);
    this.picture = document.createElement("canvas");
    this.picture.width = width * texel;
    this.picture.height = height * texel;
    this.pen = this.picture.getContext("2d", { alpha: false });
    this.waiting = []; // {cell, owner, due}, soonest first
    this.glints = [];
    for (let cell = 0; cell < this.shown.length; cell++) this.#paint(cell);
  }

  /** Shows new owners of cells: few at once, many row by row, as a shuttle would lay them. */
  change(cells, owners, now) {
    const stale = new Set(cells);
    this.waiting = this.waiting.filter(({ cell }) => !stale.has(cell));
    const fresh = cells.filter((cell) => owners[cell] !== this.shown[cell]);
    if (fresh.length < 8) {
      fresh.forEach((cell) => this.#set(cell, owners[cell], now));
      return;
    }
    const left = Math.min(...fresh.map((cell) => cell % this.width));
    const right = Math.max(...fresh.map((cell) => cell % this.width));
    const top = Math.floor(fresh[0] / this.width);
    const rows = Math.floor(fresh[fresh.length - 1] / this.width) - top + 1;
    for (const cell of fresh) {
      const row = Math.floor(cell / this.width) - top;
      const along = (cell % this.width) - left;
      const way = row % 2 === 0 ? along : right - left - along;
      const part = (row + (way + 1) / (right - left + 1)) / rows;
      this.waiting.push({ cell, owner: owners[cell], due: now + part * Math.min(SWEEP_MILLIS, fresh.length * 6) });
    }
    this.waiting.sort((a, b) => a.due - b.due);
  }

  /** Shows all cells at once, without a sweep. */
  reset(owners) {
    this.waiting = [];
    this.glints = [];
    this.shown.set(owners);
    for (let cell = 0; cell < this.shown.length; cell++) this.#paint(cell);
  }

  /** Paints what is due. */
  advance(now) {
    let due = 0;
    while (due < this.waiting.length && this.waiting[due].due <= now) {
      const { cell, owner } = this.waiting[due++];
      this.#set(cell, owner, now);
    }
    if (due > 0) this.waiting.splice(0, due);
    this.glints = this.glints.filter((glint) => now - glint.since < GLINT_MILLIS);
  }

  /** Draws the short gleam of freshly woven cells; the pen counts in cells. */
  drawGlints(pen, now) {
    for (const { cell, since } of this.glints) {
      pen.fillStyle = `rgb(255 248 225 / ${0.34 * (1 - (now - since) / GLINT_MILLIS)})`;
      pen.fillRect(cell % this.width, Math.floor(cell / this.width), 1, 1);
    }
  }

  #set(cell, owner, now) {
    if (this.shown[cell] === owner) return;
    this.shown[cell] = owner;
    if (owner !== 0) this.glints.push({ cell, since: now });
    const x = cell % this.width;
    this.#paint(cell);
    if (x > 0) this.#paint(cell - 1);
    if (x < this.width - 1) this.#paint(cell + 1);
    if (cell >= this.width) this.#paint(cell - this.width);
    if (cell + this.width < this.shown.length) this.#paint(cell + this.width);
  }

  #paint(cell) {
    const s = this.texel;
    const column = cell % this.width;
    const row = Math.floor(cell / this.width);
    const [x, y] = [column * s, row * s];
    const owner = this.shown[cell];
    const variant = Math.floor(noise(owner === 0 ? column : row, owner === 0 ? 3 : column >> 2) * VARIANTS);
    this.pen.drawImage(owner === 0 ? warpTile(s, variant) : wovenTile(owner, s, variant), x, y);
    const at = (dx, dy) => {
      const [cx, cy] = [column + dx, row + dy];
      return cx < 0 || cy < 0 || cx >= this.width || cy >= this.height ? -1 : this.shown[cy * this.width + cx];
    };
    const around = [at(0, -1), at(1, 0), at(0, 1), at(-1, 0)];
    if (owner === 0) this.#shadow(x, y, s, around);
    else this.#selvedge(x, y, s, owner, around);
  }

  /** Woven cloth lies higher than bare warp and throws a shadow to the right and down. */
  #shadow(x, y, s, [above, , , leftOf]) {
    const depth = s * 0.4;
    if (above > 0) this.#fade(x, y, s, depth, this.pen.createLinearGradient(0, y, 0, y + depth));
    if (leftOf > 0) this.#fade(x, y, depth, s, this.pen.createLinearGradient(x, 0, x + depth, 0));
  }

  #fade(x, y, w, h, gradient) {
    gradient.addColorStop(0, "rgb(70 45 20 / 0.42)");
    gradient.addColorStop(1, "rgb(70 45 20 / 0)");
    this.pen.fillStyle = gradient;
    this.pen.fillRect(x, y, w, h);
  }

  /** The border of a piece of cloth: a dark edge with light stitches. */
  #selvedge(x, y, s, owner, around) {
    const w = s * 0.2;
    const edge = [[x, y, s, w], [x + s - w, y, w, s], [x, y + s - w, s, w], [x, y, w, s]];
    const stitch = s / 4;
    around.forEach((other, side) => {
      if (other === owner || other === -1) return;
      const [ex, ey, ew, eh] = edge[side];
      this.pen.fillStyle = mix(dye(owner), "#1d120a", 0.38);
      this.pen.fillRect(ex, ey, ew, eh);
      this.pen.fillStyle = mix(dye(owner), "#fff2d8", 0.5);
      for (let i = 0; i < 2; i++) {
        const along = (i * 2 + 0.5) * stitch;
        if (side % 2 === 0) this.pen.fillRect(ex + along, ey + w * 0.3, stitch, w * 0.4);
        else this.pen.fillRect(ex + w * 0.3, ey + along, w * 0.4, stitch);
      }
    });
  }
}
