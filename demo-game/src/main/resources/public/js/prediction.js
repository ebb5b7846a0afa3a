// Shows the own shuttle without waiting for the server, and keeps it true to the server.
//
// The page runs a little ahead of the server: so far that a turn reaches the server before the step that it is dated to.
// Every snapshot brings the flight as the server had it; from there the steps up to now are played again with the turns that
// the server has not seen yet. If that ends elsewhere than what was shown, it is a correction.

import { step } from "./rules.js";

const KEEP_STEPS = 45;

export class Prediction {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.seq = 0;
    this.corrections = 0;
    this.forget();
  }

  /** Shows nothing until the next snapshot in which the own shuttle flies. */
  forget() {
    this.turns = [];
    this.flights = []; // of consecutive steps; the first one is the server's
    this.firstTick = 0;
  }

  get active() {
    return this.flights.length > 0;
  }

  /** The last predicted step. */
  get tick() {
    return this.firstTick + this.flights.length - 1;
  }

  /** The predicted flight at the last step. */
  get flight() {
    return this.flights[this.flights.length - 1];
  }

  /** Turns at the next step; returns the turn to be sent, or null if it would change nothing. */
  steer(dir) {
    const last = this.turns.length > 0 ? this.turns[this.turns.length - 1].dir : this.active ? this.flight.dir : -1;
    if (!this.active || dir === last || (dir ^ last) === 2) return null;
    const turn = { seq: ++this.seq, dir, tick: this.tick + 1 };
    this.turns.push(turn);
    return turn;
  }

  /** Plays steps up to `tick`. */
  advance(tick) {
    if (!this.active || this.tick >= tick) return;
    this.#replay(this.flights[0], this.firstTick, Math.min(tick, this.firstTick + KEEP_STEPS));
  }

  /** Takes in the own shuttle of a snapshot. */
  reconcile(shuttle, tick) {
    if (!shuttle.flies) {
      this.forget();
      return;
    }
    const expected = this.active ? this.flight : null;
    const target = Math.max(tick, this.active ? this.tick : tick);
    this.turns = this.turns.filter((turn) => turn.seq > shuttle.seq && turn.tick > tick - KEEP_STEPS);
    this.#replay({ x: shuttle.x, y: shuttle.y, dir: shuttle.dir }, tick, target);
    const now = this.flight;
    if (expected && (expected.x !== now.x || expected.y !== now.y)) this.corrections++;
  }

  #replay(from, fromTick, toTick) {
    const turns = this.turns.slice();
    this.firstTick = fromTick;
    this.flights = [from];
    for (let tick = fromTick + 1; tick <= toTick; tick++) {
      this.flights.push(step(this.flight, turns, tick, this.width, this.height));
    }
  }
}
