// Wires page, connection and game together.

import { Attract } from "./attract.js";
import { Fabric } from "./fabric.js";
import { Game } from "./game.js";
import { Hud } from "./hud.js";
import { listen } from "./input.js";
import { Net } from "./net.js";
import { addLine, banner, showBoard, showLobby, showRound, showWinner } from "./panels.js";
import { Stage } from "./stage.js";
import { drawTitle } from "./title.js";

const $ = (id) => document.getElementById(id);
const stage = new Stage($("stage"));
const net = new Net();
const hud = new Hud(net);
const attract = new Attract();
const attractFabric = new Fabric(attract.width, attract.height, 18);
let game = newGame();
let seat = remembered();

attractFabric.reset(attract.owners);
drawTitle($("title"));
$("name").value = localStorage.getItem("loom.name") ?? "";

function newGame() {
  return new Game(stage, hud, () => net.send("sync"));
}

function remembered() {
  const stored = sessionStorage.getItem("loom.seat");
  return stored ? JSON.parse(stored) : null;
}

function inGame() {
  return !document.body.classList.contains("joining");
}

async function join(arena, name) {
  $("joinError").textContent = "";
  try {
    game = newGame();
    const joined = await net.ask("join", { arena, name });
    take(joined);
    joined.lines.forEach(addLine);
    localStorage.setItem("loom.name", name);
  } catch (problem) {
    $("joinError").textContent = problem.message;
  }
}

function take(joined) {
  seat = { token: joined.token };
  sessionStorage.setItem("loom.seat", JSON.stringify(seat));
  game.seated(joined);
  setRound(joined.round);
  $("arenaName").textContent = joined.arena;
  document.body.classList.remove("joining");
  document.activeElement?.blur();
  refreshBoard();
  hud.ping().catch(() => {});
}

async function comeBack() {
  if (!seat) return;
  try {
    take(await net.ask("rejoin", seat));
    game.returns++;
    banner("Back in your seat");
  } catch (problem) {
    toLobby(inGame() ? problem.message : "");
  }
}

function toLobby(message) {
  seat = null;
  sessionStorage.removeItem("loom.seat");
  document.body.classList.add("joining");
  $("joinError").textContent = message;
  $("winner").hidden = true;
  banner("", 0);
  game = newGame();
  refreshLobby();
}

function setRound(round) {
  const next = round.number !== game.round.number && !round.resting;
  game.round = round;
  showWinner(round, game.me, cellCount());
  if (next && inGame()) banner(`Round ${round.number}`);
}

function cellCount() {
  return Math.max(1, game.cells.width * game.cells.height);
}

function refreshBoard() {
  showBoard(game.rows, game.me, cellCount());
}

async function refreshLobby() {
  if (inGame() || !net.socket.connected) return;
  const arenas = await net.ask("lobby").catch(() => []);
  showLobby(arenas, (arena) => {
    $("arena").value = arena;
    if ($("joinForm").reportValidity()) join(arena, $("name").value.trim());
  });
}

function startToType() {
  if (inGame()) $("chat").focus();
}

function cut({ victim, by }) {
  const name = (id) => (id === game.me ? "you" : game.names.get(id) ?? "somebody");
  if (victim === game.me) banner(`${name(by) === "you" ? "Your thread ran out" : `${name(by)} cut your thread`} — back in 3 seconds`, 2800);
  else if (by === game.me) banner(`You cut ${name(victim)}'s thread`);
}

net.on("connect", comeBack);
net.on("connect", refreshLobby);
net.on("disconnect", () => {
  game.lost();
  if (inGame()) banner("Connection lost — your shuttle glides on", 0);
});
net.on("snap", (data) => {
  hud.snapshots++;
  game.snapshot(data, performance.now());
});
net.on("board", (board) => {
  game.board(board);
  refreshBoard();
});
net.on("round", setRound);
net.on("chat", addLine);
net.on("cut", cut);
net.on("woven", ({ shuttle, cells }) => shuttle === game.me && banner(`+${cells} cells woven`, 1200));

listen($("stage"), (dir) => {
  const turn = inGame() && net.socket.connected ? game.steer(dir) : null;
  if (turn) net.send("turn", turn);
}, {
  KeyH: () => hud.toggle(),
  Enter: startToType,
  NumpadEnter: startToType,
});

$("joinForm").addEventListener("submit", (event) => {
  event.preventDefault();
  join($("arena").value, $("name").value.trim());
});
$("chatForm").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("chat").value.trim();
  if (text) net.ask("chat", text).catch((problem) => addLine({ id: 0, text: problem.message }));
  $("chat").value = "";
  $("chat").blur();
});
$("chat").addEventListener("keydown", (event) => event.key === "Escape" && $("chat").blur());
$("cutNetwork").addEventListener("click", () => net.cut());
$("pollingOnly").addEventListener("click", (event) => {
  net.usePollingOnly(!net.pollingOnly);
  event.target.setAttribute("aria-pressed", String(net.pollingOnly));
});
$("hudButton").addEventListener("click", () => hud.toggle());
$("leave").addEventListener("click", () => {
  net.send("leave");
  toLobby("");
});
$("tools").addEventListener("click", () => document.activeElement?.blur());

setInterval(() => {
  refreshLobby();
  if (!inGame() || !net.socket.connected) return;
  hud.ping().catch(() => {});
  hud.refresh(game);
}, 1000);
setInterval(() => inGame() && game.drawMinimap(), 150);

let previous = performance.now();

function frame(now) {
  if (inGame()) {
    game.frame(now);
    showRound(game.round, game.secondsLeft(now));
  } else {
    drawAttract(now, Math.min(0.1, (now - previous) / 1000));
  }
  previous = now;
  requestAnimationFrame(frame);
}

function drawAttract(now, seconds) {
  attractFabric.change(attract.advance(seconds), attract.owners, now);
  const zoom = Math.max(window.innerWidth / (attract.width - 30), window.innerHeight / (attract.height - 20));
  stage.look(attract.width / 2 + 8 * Math.sin(now / 17000), attract.height / 2 + 4 * Math.cos(now / 13000), zoom, 1);
  stage.begin(attractFabric, now);
  attract.shuttles().forEach((shuttle) => stage.drawShuttle(shuttle));
}

requestAnimationFrame(frame);

/** For the console and for tests. */
window.loom = {
  get game() {
    return game;
  },
  net,
  hud,
};
