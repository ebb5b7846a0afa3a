// Reads {width, height, flight, turns}; prints the flight after every step, as "x y dir".
import { readFileSync } from "node:fs";
import { step } from "../../main/resources/public/js/rules.js";

const { width, height, flight, turns } = JSON.parse(readFileSync(0, "utf8"));
const waiting = [];
let now = flight;
const lines = turns.map((turn, i) => {
  waiting.push(turn);
  now = step(now, waiting, i + 1, width, height);
  return `${now.x} ${now.y} ${now.dir}`;
});
console.log(lines.join("\n"));
