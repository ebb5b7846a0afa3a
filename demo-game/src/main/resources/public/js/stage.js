// Draws a frame: cloth, threads, shuttles and the frame of the loom, seen through a camera.

import { DX, DY } from "./rules.js";
import { threadDir, threadOwner } from "./snapshot.js";
import { dye, mix } from "./yarn.js";

export class Stage {
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d", { alpha: false });
    this.camera = { x: 64, y: 48, zoom: 14 };
    this.angles = new Map();
    this.resize();
    window.addEventListener("resize", () => this.resize());
  }

  resize() {
    this.scale = Math.min(window.devicePixelRatio || 1, 2);
    this.canvas.width = Math.round(window.innerWidth * this.scale);
    this.canvas.height = Math.round(window.innerHeight * this.scale);
  }

  /** The zoom at which a player sees enough: pixels per cell. */
  get playZoom() {
    return Math.max(11, Math.min(20, Math.max(window.innerWidth, window.innerHeight) / 84));
  }

  /** The zoom at which the whole cloth fits. */
  fitZoom(width, height) {
    return Math.min(window.innerWidth / (width + 10), window.innerHeight / (height + 10));
  }

  /** Moves the camera a bit of the way towards a place; `part` 1 jumps. */
  look(x, y, zoom, part) {
    const camera = this.camera;
    camera.x += (x - camera.x) * part;
    camera.y += (y - camera.y) * part;
    camera.zoom += (zoom - camera.zoom) * part;
  }

  /** Looks at a place on a cloth, but not far past its border. */
  follow(x, y, width, height, part) {
    const zoom = this.playZoom;
    const near = (at, size, seen) => (seen >= size + 10 ? size / 2 : Math.max(seen / 2 - 5, Math.min(size + 5 - seen / 2, at)));
    this.look(near(x, width, window.innerWidth / zoom), near(y, height, window.innerHeight / zoom), zoom, part);
  }

  /** Draws cloth and frame; afterwards the pen counts in cells. */
  begin(fabric, now) {
    const { pen, canvas, camera } = this;
    const unit = camera.zoom * this.scale;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = "#3b2617";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(unit, 0, 0, unit, Math.round(canvas.width / 2 - camera.x * unit), Math.round(canvas.height / 2 - camera.y * unit));
    this.#loomFrame(fabric.width, fabric.height);
    fabric.advance(now);
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = "high";
    this.#cutOut(fabric, unit);
    fabric.drawGlints(pen, now);
  }

  #cutOut(fabric, unit) {
    const { pen, canvas, camera } = this;
    const x0 = Math.max(0, Math.floor(camera.x - canvas.width / 2 / unit) - 1);
    const y0 = Math.max(0, Math.floor(camera.y - canvas.height / 2 / unit) - 1);
    const x1 = Math.min(fabric.width, Math.ceil(camera.x + canvas.width / 2 / unit) + 1);
    const y1 = Math.min(fabric.height, Math.ceil(camera.y + canvas.height / 2 / unit) + 1);
    const t = fabric.texel;
    if (x1 > x0 && y1 > y0) pen.drawImage(fabric.picture, x0 * t, y0 * t, (x1 - x0) * t, (y1 - y0) * t, x0, y0, x1 - x0, y1 - y0);
  }

  #loomFrame(width, height) {
    const { pen } = this;
    const beam = 2.6;
    const wood = (x0, y0, x1, y1) => {
      const gradient = pen.createLinearGradient(x0, y0, x1, y1);
      gradient.addColorStop(0, "#6a4526");
      gradient.addColorStop(0.3, "#b98a58");
      gradient.addColorStop(0.55, "#9a6b3f");
      gradient.addColorStop(1, "#4c301a");
      return gradient;
    };
    for (const y of [-beam - 0.6, height + 0.6]) {
      pen.fillStyle = wood(0, y, 0, y + beam);
      pen.fillRect(-5, y, width + 10, beam);
    }
    for (const x of [-beam - 0.6, width + 0.6]) {
      pen.fillStyle = wood(x, 0, x + beam, 0);
      pen.fillRect(x, -5, beam, height + 10);
    }
    pen.fillStyle = "#d9c7a4";
    for (let x = 0; x < width; x += 0.5) {
      pen.fillRect(x + 0.1, -0.7, 0.25, 0.8);
      pen.fillRect(x + 0.1, height - 0.1, 0.25, 0.8);
    }
  }

  /** Draws open threads; `visible(cell)` hides those that the shown shuttles have not laid yet. */
  drawThreads(cells, visible) {
    const paths = new Map();
    for (let cell = 0; cell < cells.threads.length; cell++) {
      const thread = cells.threads[cell];
      if (thread === 0 || !visible(cell)) continue;
      const id = threadOwner(thread);
      if (!paths.has(id)) paths.set(id, new Path2D());
      const x = (cell % cells.width) + 0.5;
      const y = Math.floor(cell / cells.width) + 0.5;
      const dir = threadDir(thread);
      const path = paths.get(id);
      path.moveTo(x - DX[dir], y - DY[dir]);
      path.lineTo(x, y);
    }
    for (const [id, path] of paths) this.rope(path, id);
  }

  /** Draws a line of yarn. */
  rope(path, id) {
    const { pen } = this;
    const colour = dye(id);
    pen.lineCap = "round";
    pen.lineJoin = "round";
    const stroke = (width, style, dx, dy, dash) => {
      pen.save();
      pen.translate(dx, dy);
      pen.setLineDash(dash);
      pen.lineWidth = width;
      pen.strokeStyle = style;
      pen.stroke(path);
      pen.restore();
    };
    stroke(0.5, "rgb(60 35 10 / 0.28)", 0.12, 0.16, []);
    stroke(0.46, mix(colour, "#1d120a", 0.4), 0, 0, []);
    stroke(0.34, colour, 0, 0, []);
    pen.lineCap = "butt";
    stroke(0.2, mix(colour, "#fff2d8", 0.55), -0.02, -0.03, [0.16, 0.26]);
  }

  /** Draws a shuttle: {id, x, y, dir, away, mine, name}. */
  drawShuttle(shuttle) {
    const { pen } = this;
    const angle = this.#turnTowards(shuttle.id, (shuttle.dir - 1) * (Math.PI / 2));
    pen.save();
    pen.translate(shuttle.x + 0.5, shuttle.y + 0.5);
    if (shuttle.away) {
      pen.globalAlpha = 0.55;
      pen.filter = "grayscale(0.9)";
    }
    if (shuttle.mine) this.#halo();
    pen.rotate(angle);
    this.#boat(dye(shuttle.id));
    pen.restore();
  }

  #halo() {
    const { pen } = this;
    const glow = pen.createRadialGradient(0, 0, 0.4, 0, 0, 2.1);
    glow.addColorStop(0, "rgb(255 250 230 / 0.85)");
    glow.addColorStop(1, "rgb(255 250 230 / 0)");
    pen.fillStyle = glow;
    pen.fillRect(-2.2, -2.2, 4.4, 4.4);
  }

  #boat(colour) {
    const { pen } = this;
    const hull = (l, w) => {
      pen.beginPath();
      pen.moveTo(l, 0);
      pen.quadraticCurveTo(l * 0.45, w, -l * 0.35, w);
      pen.quadraticCurveTo(-l * 0.85, w * 0.8, -l, 0);
      pen.quadraticCurveTo(-l * 0.85, -w * 0.8, -l * 0.35, -w);
      pen.quadraticCurveTo(l * 0.45, -w, l, 0);
    };
    pen.save();
    pen.shadowColor = "rgb(40 20 5 / 0.55)";
    pen.shadowBlur = 5 * this.scale;
    pen.shadowOffsetY = 2 * this.scale;
    hull(1.35, 0.62);
    pen.fillStyle = "#4a2c14";
    pen.fill();
    pen.restore();
    const wood = pen.createLinearGradient(0, -0.6, 0, 0.6);
    wood.addColorStop(0, "#f3d9ac");
    wood.addColorStop(0.5, "#d3a165");
    wood.addColorStop(1, "#8f5c2e");
    hull(1.24, 0.53);
    pen.fillStyle = wood;
    pen.fill();
    pen.fillStyle = "#3a2210";
    pen.beginPath();
    pen.roundRect(-0.62, -0.31, 1.2, 0.62, 0.28);
    pen.fill();
    pen.fillStyle = colour;
    pen.beginPath();
    pen.roundRect(-0.54, -0.25, 1.04, 0.5, 0.2);
    pen.fill();
    pen.fillStyle = mix(colour, "#fff2d8", 0.45);
    for (let x = -0.42; x < 0.45; x += 0.2) pen.fillRect(x, -0.24, 0.07, 0.48);
  }

  /** Draws the name over a shuttle. */
  drawName(shuttle) {
    const { pen } = this;
    const size = 12 / this.camera.zoom;
    pen.font = `600 ${size}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const text = shuttle.away ? `${shuttle.name} · away` : shuttle.name;
    const width = pen.measureText(text).width + size;
    const y = shuttle.y - 0.85 - size * 0.5;
    pen.fillStyle = shuttle.mine ? "rgb(58 34 16 / 0.9)" : "rgb(255 249 236 / 0.86)";
    pen.beginPath();
    pen.roundRect(shuttle.x + 0.5 - width / 2, y - size * 0.75, width, size * 1.5, size * 0.75);
    pen.fill();
    pen.fillStyle = shuttle.mine ? "#fff4dc" : "#402a18";
    pen.fillText(text, shuttle.x + 0.5, y + size * 0.05);
  }

  #turnTowards(id, wanted) {
    const now = this.angles.get(id) ?? wanted;
    const way = Math.atan2(Math.sin(wanted - now), Math.cos(wanted - now));
    const next = now + way * 0.35;
    this.angles.set(id, next);
    return next;
  }
}
