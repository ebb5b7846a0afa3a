// One seat in one arena: takes in what the server sends, predicts the own shuttle, and draws frames.

import { Fabric } from "./fabric.js";
import { Minimap } from "./panels.js";
import { Prediction } from "./prediction.js";
import { Cells, decode, threadOwner } from "./snapshot.js";
import { BEHIND, ServerClock, Tracks } from "./timeline.js";

export class Game {
  constructor(stage, hud, askForKeyframe) {
    this.stage = stage;
    this.hud = hud;
    this.askForKeyframe = askForKeyframe;
    this.cells = new Cells();
    this.tracks = new Tracks();
    this.names = new Map();
    this.me = 0;
    this.lead = 0;
    this.returns = 0;
    this.players = 0;
    this.bots = 0;
    this.round = { number: 1, resting: false, endsAt: 0, ranking: [] };
    this.askedAt = 0;
  }

  /** Takes the seat; also after a return. */
  seated(joined) {
    this.me = joined.id;
    this.clock = new ServerClock(joined.stepsPerSecond);
    this.prediction?.forget();
    if (this.prediction) this.prediction.seq = 0;
    this.board(joined.board);
  }

  board({ rows }) {
    this.rows = rows;
    this.names = new Map(rows.map((row) => [row.id, row.name]));
    this.bots = rows.filter((row) => row.bot).length;
    this.players = rows.length - this.bots;
  }

  get corrections() {
    return this.prediction?.corrections ?? 0;
  }

  snapshot(data, now) {
    const snapshot = decode(data);
    const changed = this.cells.apply(snapshot);
    if (changed === null) {
      this.#heal(now);
    } else {
      this.#show(changed, now);
    }
    if (snapshot.keyframe && snapshot.tick < this.latest) return;
    this.latest = snapshot.tick;
    this.resting = snapshot.resting;
    this.tracks.add(snapshot.tick, snapshot.shuttles);
    this.own = snapshot.shuttles.find((shuttle) => shuttle.id === this.me);
    if (!this.clock || !this.prediction) return;
    this.clock.heard(snapshot.tick, now);
    if (this.own && !snapshot.resting) this.prediction.reconcile(this.own, snapshot.tick);
    else this.prediction.forget();
  }

  /** The connection is gone: nothing to predict. */
  lost() {
    this.prediction?.forget();
  }

  /** Turns the own shuttle; returns the turn to be sent, or null. */
  steer(dir) {
    return this.prediction?.steer(dir) ?? null;
  }

  secondsLeft(now) {
    return this.clock ? ((this.round.endsAt - this.clock.at(now)) * this.clock.stepMillis) / 1000 : 0;
  }

  frame(now) {
    if (!this.fabric || !this.clock) return;
    const others = this.tracks.at(this.clock.at(now) - BEHIND).filter((shuttle) => shuttle.flies && shuttle.id !== this.me);
    const mine = this.#mine(now);
    this.#look(mine);
    this.stage.begin(this.fabric, now);
    this.stage.drawThreads(this.cells, (cell) => this.#laid(cell, now));
    if (this.prediction.active) this.stage.rope(this.#ownThread(mine), this.me);
    const shuttles = mine ? [...others, mine] : others;
    shuttles.forEach((shuttle) => this.stage.drawShuttle(shuttle));
    shuttles.forEach((shuttle) => this.stage.drawName({ ...shuttle, name: this.names.get(shuttle.id) ?? "" }));
    this.shuttles = shuttles;
  }

  drawMinimap() {
    if (this.shuttles) this.minimap.draw(this.cells.owners, this.shuttles, this.me);
  }

  #heal(now) {
    if (now - this.askedAt < 1000) return;
    this.askedAt = now;
    this.hud.healed++;
    this.askForKeyframe();
  }

  #show(changed, now) {
    const { width, height, owners } = this.cells;
    if (!this.fabric || this.fabric.shown.length !== owners.length) {
      this.fabric = new Fabric(width, height, (window.devicePixelRatio || 1) > 1 ? 22 : 18);
      this.fabric.reset(owners);
      this.minimap = new Minimap(width, height);
      this.prediction = new Prediction(width, height);
      this.since = new Float64Array(owners.length);
      return;
    }
    this.fabric.change(changed, owners, now);
    for (const cell of changed) this.since[cell] = this.cells.tick;
  }

  /** Others are shown a little late, and so are their threads. */
  #laid(cell, now) {
    const mine = threadOwner(this.cells.threads[cell]) === this.me;
    return mine || this.since[cell] <= this.clock.at(now) - BEHIND + 0.5;
  }

  #mine(now) {
    const { prediction } = this;
    const steps = this.hud.usualRtt / this.clock.stepMillis + 1.2;
    this.lead += (Math.min(12, steps) - this.lead) * 0.05;
    const target = this.clock.at(now) + this.lead;
    prediction.advance(Math.floor(target));
    if (!prediction.active) {
      return this.own?.flies ? { ...this.own, mine: true } : null;
    }
    const after = prediction.flight;
    const before = prediction.flights[prediction.flights.length - 2] ?? after;
    const part = Math.min(1, Math.max(0, target - prediction.tick));
    const x = before.x + (after.x - before.x) * part;
    const y = before.y + (after.y - before.y) * part;
    return { id: this.me, x, y, dir: after.dir, mine: true };
  }

  /** The thread between the last cell that the server knows and the shown shuttle. */
  #ownThread(mine) {
    const path = new Path2D();
    const free = (flight) => this.cells.owners[flight.y * this.cells.width + flight.x] !== this.me;
    const flights = this.prediction.flights.slice(0, -1);
    flights.forEach((flight, i) => {
      const next = flights[i + 1] ?? mine;
      if (!free(flight)) return;
      path.moveTo(flight.x + 0.5, flight.y + 0.5);
      path.lineTo(next.x + 0.5, next.y + 0.5);
    });
    return path;
  }

  #look(mine) {
    const { stage, fabric } = this;
    if (this.resting) stage.look(fabric.width / 2, fabric.height / 2, stage.fitZoom(fabric.width, fabric.height), 0.05);
    else if (mine) {
      const far = Math.abs(stage.camera.x - mine.x) + Math.abs(stage.camera.y - mine.y) > 40;
      stage.follow(mine.x + 0.5, mine.y + 0.5, fabric.width, fabric.height, far ? 0.2 : 0.09);
    }
  }
}
