// What stands around the cloth: leaderboard, clock, chat, map, banner, winner, lobby.

import { VARIANTS, dye, mix, wovenTile } from "./yarn.js";

const $ = (id) => document.getElementById(id);
const MAX_LINES = 7;

/** Makes an element; children are elements or text. */
function make(name, attributes, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

const swatches = new Map();

function swatch(id) {
  if (!swatches.has(id)) swatches.set(id, `url(${wovenTile(id, 16, 1 % VARIANTS).toDataURL()})`);
  const made = make("span", { className: "swatch" });
  made.style.backgroundImage = swatches.get(id);
  return made;
}

const percent = (area, cells) => `${((100 * area) / cells).toFixed(1)} %`;

export function showBoard(rows, me, cells) {
  const best = Math.max(1, ...rows.map((row) => row.area));
  const shown = rows.slice(0, 8);
  const mine = rows.find((row) => row.id === me);
  if (mine && !shown.includes(mine)) shown[shown.length - 1] = mine;
  $("rows").replaceChildren(...shown.map((row) => {
    const bar = make("i", {});
    bar.style.width = `${(100 * row.area) / best}%`;
    bar.style.background = dye(row.id);
    const classes = [row.id === me && "me", row.bot && "bot", row.away && "away"].filter(Boolean).join(" ");
    return make("li", { className: classes },
      swatch(row.id), make("span", { className: "name" }, row.name),
      make("span", { className: "cuts", title: "threads cut" }, row.cuts > 0 ? `✂ ${row.cuts}` : ""),
      make("span", {}, percent(row.area, cells)), make("span", { className: "bar" }, bar));
  }));
}

export function showRound(round, secondsLeft) {
  const left = Math.max(0, Math.ceil(secondsLeft));
  $("roundNumber").textContent = `Round ${round.number}`;
  $("clock").textContent = round.resting ? "over" : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  $("round").classList.toggle("late", !round.resting && left <= 20);
  $("nextRound").textContent = left;
}

export function showWinner(round, me, cells) {
  $("winner").hidden = !round.resting || round.ranking.length === 0;
  if ($("winner").hidden) return;
  const [first] = round.ranking;
  $("winnerName").textContent = first.id === me ? "You wove the most!" : `${first.name} wove the most`;
  $("winnerName").style.color = mix(dye(first.id), "#1d120a", 0.2);
  $("podium").replaceChildren(...round.ranking.slice(0, 5).map((row, i) =>
    make("li", {}, `${i + 1}.`, swatch(row.id), make("span", {}, row.name), make("span", {}, percent(row.area, cells)))));
}

export function addLine(line) {
  const item = make("li", { className: line.id === 0 ? "system" : "" });
  if (line.id !== 0) {
    const name = make("b", {}, line.name);
    name.style.color = mix(dye(line.id), "#1d120a", 0.2);
    item.append(name);
  }
  item.append(` ${line.text}`);
  $("lines").append(item);
  while ($("lines").children.length > MAX_LINES) $("lines").firstChild.remove();
  setTimeout(() => item.classList.add("faded"), line.id === 0 ? 7000 : 20000);
}

let bannerTimer = 0;

/** Shows a line in the middle; 0 milliseconds means until the next one. */
export function banner(text, millis = 1800) {
  clearTimeout(bannerTimer);
  $("banner").textContent = text;
  $("banner").classList.toggle("shown", text !== "");
  if (millis > 0) bannerTimer = setTimeout(() => $("banner").classList.remove("shown"), millis);
}

export function showLobby(arenas, choose) {
  $("lobby").replaceChildren(...arenas.map((arena) => {
    const people = `${arena.players} of ${arena.room} players, ${arena.bots} bots`;
    const entry = make("button", { type: "button" }, arena.name, make("span", {}, people));
    entry.addEventListener("click", () => choose(arena.name));
    return entry;
  }));
}

export class Minimap {
  constructor(width, height) {
    this.picture = make("canvas", { width, height });
    this.image = this.picture.getContext("2d").createImageData(width, height);
    this.colours = new Map();
    this.pen = $("minimap").getContext("2d");
  }

  draw(owners, shuttles, me) {
    const { data } = this.image;
    for (let cell = 0; cell < owners.length; cell++) {
      const [r, g, b] = this.#colour(owners[cell]);
      data[4 * cell] = r;
      data[4 * cell + 1] = g;
      data[4 * cell + 2] = b;
      data[4 * cell + 3] = 255;
    }
    this.picture.getContext("2d").putImageData(this.image, 0, 0);
    const { pen } = this;
    const scale = pen.canvas.width / this.picture.width;
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.picture, 0, 0, pen.canvas.width, pen.canvas.height);
    for (const { id, x, y } of shuttles) {
      pen.beginPath();
      pen.arc((x + 0.5) * scale, (y + 0.5) * scale, id === me ? 7 : 4, 0, 2 * Math.PI);
      pen.fillStyle = id === me ? "#fffdf7" : mix(dye(id), "#1d120a", 0.35);
      pen.fill();
      pen.lineWidth = 2.5;
      pen.strokeStyle = id === me ? "#3a2414" : "#fff4dc";
      pen.stroke();
    }
  }

  #colour(owner) {
    if (!this.colours.has(owner)) {
      const colour = owner === 0 ? "rgb(233 220 194)" : mix(dye(owner), "#ffffff", 0.06);
      this.colours.set(owner, colour.match(/\d+/g).map(Number));
    }
    return this.colours.get(owner);
  }
}
