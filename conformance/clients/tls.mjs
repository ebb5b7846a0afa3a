// What the stock JavaScript client sees of the matrix app over TLS: node tls.mjs <https url>
import assert from "node:assert/strict";
import { io } from "socket.io-client";
import { eventually, finish, next, scenario } from "./harness.mjs";

const [url] = process.argv.slice(2);

function open(defer, address, options) {
  const socket = io(address, { forceNew: true, reconnection: false, rejectUnauthorized: false, ...options });
  defer(() => socket.disconnect());
  return socket;
}

async function exchange(defer, address, transports) {
  const socket = open(defer, address, { transports });
  await next(socket, "connect");
  const last = transports.at(-1);
  await eventually("transport", async () => (await socket.emitWithAck("who")).transport === last);
  const sent = { text: "over TLS", bytes: Buffer.from("over TLS ".repeat(20_000)) };
  assert.deepEqual(await socket.emitWithAck("ack", sent), sent);
}

await scenario("polls over https", (defer) => exchange(defer, url, ["polling"]));
await scenario("upgrades over https", (defer) => exchange(defer, url, ["polling", "websocket"]));
await scenario("opens a WebSocket at wss", (defer) => exchange(defer, url.replace("https", "wss"), ["websocket"]));

await scenario("refuses the certificate unless told to take any", async (defer) => {
  for (const transport of ["polling", "websocket"]) {
    const socket = open(defer, url, { transports: [transport], rejectUnauthorized: true });
    const [error] = await next(socket, "connect_error");
    assert.match(error.message, /poll error|websocket error/);
    assert.ok(!socket.connected);
  }
});

finish();
