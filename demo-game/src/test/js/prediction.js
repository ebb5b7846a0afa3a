// Plays a server and a page that is some steps away from it; prints what the prediction was worth.
// Arguments: steps of one-way delay, steps that the page runs ahead of the newest snapshot.
import { Prediction } from "../../main/resources/public/js/prediction.js";
import { step } from "../../main/resources/public/js/rules.js";

const [delay, lead] = process.argv.slice(2).map(Number);
const [width, height] = [60, 40];
const page = new Prediction(width, height);
const up = []; // turns on their way to the server
const down = []; // snapshots on their way to the page
const waiting = [];
let server = { x: 20, y: 20, dir: 1 };
let seq = 0;
let random = 1;
const next = (n) => (random = (random * 48271) % 2147483647) % n;
let compared = 0;
let wrong = 0;
const shown = new Map();

for (let tick = 1; tick <= 5000; tick++) {
  while (up.length > 0 && up[0].at <= tick) waiting.push(up.shift().turn);
  const before = waiting.length > 0 ? waiting.map((turn) => turn.seq) : [];
  server = step(server, waiting, tick, width, height);
  const left = new Set(waiting.map((turn) => turn.seq));
  seq = Math.max(seq, ...before.filter((each) => !left.has(each)));
  if (shown.has(tick)) {
    compared++;
    const { x, y } = shown.get(tick);
    if (x !== server.x || y !== server.y) wrong++;
  }
  down.push({ at: tick + delay, tick, shuttle: { ...server, seq, flies: true } });
  while (down.length > 0 && down[0].at <= tick) {
    const { shuttle, tick: of } = down.shift();
    page.reconcile(shuttle, of);
    page.advance(of + lead);
  }
  if (page.active) shown.set(page.tick, page.flight);
  const turn = next(5) === 0 ? page.steer(next(4)) : null;
  if (turn) up.push({ at: tick + delay + 1, turn });
}
console.log(JSON.stringify({ compared, wrong, corrections: page.corrections, turns: page.seq }));
