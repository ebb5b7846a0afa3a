// What the stock Engine.IO client sees of the echo app: node engineio.mjs <url> <polling|websocket|upgrade>
import assert from "node:assert/strict";
import { Socket } from "engine.io-client";
import { collect, eventually, finish, next, scenario } from "./harness.mjs";

const [url, mode] = process.argv.slice(2);
const transports = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[mode];
const finalTransport = mode === "polling" ? "polling" : "websocket";

async function opened(defer, options = {}) {
  const socket = new Socket(url, { path: "/engine.io/", transports, ...options });
  defer(() => socket.close());
  await next(socket, "open");
  return socket;
}

async function settled(defer) {
  const socket = await opened(defer);
  await eventually("transport", () => socket.transport.name === finalTransport && !socket.upgrading);
  return socket;
}

await scenario("opens and announces its limits", async (defer) => {
  const socket = new Socket(url, { path: "/engine.io/", transports });
  defer(() => socket.close());
  const [handshake] = await next(socket, "handshake");
  assert.equal(handshake.pingInterval, 300);
  assert.equal(handshake.pingTimeout, 200);
  assert.equal(handshake.maxPayload, 1_000_000);
  assert.deepEqual(handshake.upgrades, mode === "websocket" ? [] : ["websocket"]);
  assert.ok(handshake.sid.length >= 20);
});

await scenario("ends up on the expected transport", async (defer) => {
  assert.equal((await settled(defer)).transport.name, finalTransport);
});

await scenario("echoes text, empty and beyond ASCII", async (defer) => {
  const socket = await opened(defer);
  const seen = collect(socket, "message");
  const texts = ["hello", "", "ünï\u{1F600}", "b64", "2probe", "{\"json\":true}"];
  texts.forEach((text) => socket.send(text));
  await eventually("echoes", () => seen.length >= texts.length);
  // This client hands an empty text to the application as undefined.
  assert.deepEqual(seen.map((text) => text ?? ""), texts);
});

await scenario("echoes binary, empty too", async (defer) => {
  const socket = await opened(defer);
  const seen = collect(socket, "message");
  const all = Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i));
  [Buffer.from([]), all, Buffer.from([0])].forEach((bytes) => socket.send(bytes));
  await eventually("echoes", () => seen.length >= 3);
  assert.deepEqual(seen.map((bytes) => Buffer.from(bytes)), [Buffer.from([]), all, Buffer.from([0])]);
});

await scenario("keeps the order of text and binary, across an upgrade too", async (defer) => {
  const socket = await opened(defer);
  const seen = collect(socket, "message");
  for (let i = 0; i < 500; i++) {
    socket.send(i % 3 ? String(i) : Buffer.from([i & 255, i >> 8]));
    if (i % 50 === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  await eventually("echoes", () => seen.length >= 500);
  assert.deepEqual(
    seen.map((value) => (typeof value === "string" ? Number(value) : value[0] | (value[1] << 8))),
    [...Array(500).keys()],
  );
});

await scenario("echoes the largest payload that is allowed", async (defer) => {
  const socket = await settled(defer);
  const text = "x".repeat(990_000);
  const back = next(socket, "message");
  socket.send(text);
  assert.equal((await back)[0], text);
});

await scenario("survives many heartbeats", async (defer) => {
  const socket = await settled(defer);
  const pings = collect(socket, "ping");
  const closed = collect(socket, "close");
  await eventually("pings", () => pings.length >= 5);
  const back = next(socket, "message");
  socket.send("alive");
  assert.deepEqual(await back, ["alive"]);
  assert.deepEqual(closed, []);
});

await scenario("delivers what was sent before a close", async (defer) => {
  const socket = await settled(defer);
  const closed = next(socket, "close");
  const back = next(socket, "message");
  socket.send("last");
  assert.deepEqual(await back, ["last"]);
  socket.close();
  assert.equal((await closed)[0], "forced close");
});

await scenario("a stopping server closes the transport", async (defer) => {
  const socket = await settled(defer);
  const closed = next(socket, "close", 20_000);
  console.log("READY stop the server");
  // A poll that finds nobody listening any more is a transport error to the client; a Node server ends polling that way.
  const expected = mode === "polling" ? ["transport close", "transport error"] : ["transport close"];
  assert.ok(expected.includes((await closed)[0]), `closed with ${await closed}`);
});

finish();
