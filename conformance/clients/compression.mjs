// What the stock Node.js WebSocket sees of the echo app with permessage-deflate: node compression.mjs <url> <kind>
import assert from "node:assert/strict";
import { WebSocket } from "ws";
import { collect, eventually, finish, next, scenario } from "./harness.mjs";

const [url, kind] = process.argv.slice(2);
const offers = {
  "no context": { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 0 },
  context: { threshold: 0 },
  "small windows": { serverMaxWindowBits: 9, clientMaxWindowBits: 10, threshold: 0 },
}[kind];
const large = JSON.stringify(Array.from({ length: 3000 }, (_, id) => ({ id, name: `player ${id % 7}`, x: id % 50 })));

async function opened(defer, perMessageDeflate = offers) {
  const socket = new WebSocket(url.replace("http", "ws"), { perMessageDeflate });
  defer(() => socket.terminate());
  await next(socket, "open");
  return socket;
}

async function echo(socket, message, options = {}) {
  const back = next(socket, "message");
  socket.send(message, options);
  return (await back)[0];
}

await scenario("agrees to permessage-deflate, and to none without an offer", async (defer) => {
  assert.equal((await opened(defer)).extensions, "permessage-deflate");
  assert.equal((await opened(defer, false)).extensions, "");
});

await scenario("echoes texts of all sizes, one after the other", async (defer) => {
  const socket = await opened(defer);
  for (const text of ["", "a", "hello hello hello", "ünï\u{1F600}".repeat(500), large, "", large, large.slice(1)]) {
    assert.equal((await echo(socket, text)).toString(), text);
  }
});

await scenario("gets large messages in fewer bytes", async (defer) => {
  const socket = await opened(defer);
  const before = socket._socket.bytesRead;
  assert.equal((await echo(socket, large)).length, large.length);
  assert.ok(socket._socket.bytesRead - before < large.length / 3, `${socket._socket.bytesRead - before} bytes`);
});

await scenario("echoes fragmented messages, compressed or not", async (defer) => {
  const socket = await opened(defer);
  for (const compress of [true, false, true]) {
    const back = next(socket, "message");
    for (let at = 0; at < large.length; at += 7000) {
      socket.send(large.slice(at, at + 7000), { fin: at + 7000 >= large.length, compress, binary: false });
    }
    assert.equal((await back)[0].toString(), large);
  }
});

await scenario("keeps hundreds of messages in order", async (defer) => {
  const socket = await opened(defer);
  const seen = collect(socket, "message");
  for (let i = 0; i < 300; i++) {
    socket.send(`${i} ${"x".repeat((i * 37) % 4000)}`);
  }
  await eventually("echoes", () => seen.length >= 300);
  assert.deepEqual(seen.map(([data]) => parseInt(data.toString(), 10)), [...Array(300).keys()]);
});

finish();
