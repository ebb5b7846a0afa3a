// What the stock JavaScript client sees of the matrix app: node socketio.mjs <url> <polling|websocket|upgrade> [few]
// With "few" bursts and big payloads are a hundredth as long: the client takes quadratic time for a body in many pieces.
import assert from "node:assert/strict";
import { io } from "socket.io-client";
import { collect, eventually, finish, next, scenario, within } from "./harness.mjs";

const [url, mode, counts] = process.argv.slice(2);
const share = counts === "few" ? 0.01 : 1;
const transports = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[mode];
const finalTransport = mode === "polling" ? "polling" : "websocket";

/** Opens a client that the case closes in the end. */
function open(defer, namespace = "/", options = {}) {
  const socket = io(url + namespace, { transports, forceNew: true, reconnection: false, ...options });
  defer(() => socket.disconnect());
  return socket;
}

async function connected(defer, namespace, options) {
  const socket = open(defer, namespace, options);
  const hello = next(socket, "hello");
  await next(socket, "connect");
  [socket.hello] = await hello;
  return socket;
}

/** Resolves once everything that was sent to `socket` before has arrived, so that silence can be asserted. */
const fence = (socket) => socket.emitWithAck("ack", "fence");

const reasonOf = (observer, key) =>
  eventually(`reason of ${key}`, () => observer.emitWithAck("reason-of", key));

await scenario("connects and is greeted", async (defer) => {
  const socket = await connected(defer, "/", { auth: { token: "abc", nested: { list: [1, "2", null] } } });
  assert.deepEqual(socket.hello, {
    nsp: "/",
    id: socket.id,
    recovered: false,
    auth: { token: "abc", nested: { list: [1, "2", null] } },
  });
  assert.ok(!socket.recovered);
});

await scenario("auth is an empty object if the client sends none, and may come from a function", async (defer) => {
  assert.deepEqual((await connected(defer)).hello.auth, {});
  assert.deepEqual((await connected(defer, "/", { auth: (cb) => cb({ late: true }) })).hello.auth, { late: true });
});

await scenario("ends up on the expected transport", async (defer) => {
  const socket = await connected(defer);
  await eventually("transport", () => socket.io.engine.transport.name === finalTransport);
  const who = await eventually("server side", async () => {
    const answer = await socket.emitWithAck("who");
    return answer.transport === finalTransport && answer;
  });
  assert.deepEqual(who, {
    id: socket.id,
    nsp: "/",
    conn: socket.io.engine.id,
    transport: finalTransport,
    recovered: false,
  });
  assert.notEqual(who.id, who.conn);
});

await scenario("handshake shows query, auth and headers", async (defer) => {
  const socket = await connected(defer, "/", {
    query: { tag: "t 1&ü" },
    auth: { a: 1 },
    extraHeaders: { "x-test": "header value" },
  });
  const handshake = await socket.emitWithAck("handshake");
  assert.equal(handshake.query.tag, "t 1&ü");
  assert.equal(handshake.query.EIO, "4");
  assert.deepEqual(handshake.auth, { a: 1 });
  assert.equal(handshake.header, "header value");
});

await scenario("a refusal carries message and data", async (defer) => {
  const socket = open(defer, "/admin", { auth: { token: "wrong" } });
  const [error] = await next(socket, "connect_error");
  assert.equal(error.message, "not authorized");
  assert.deepEqual(error.data, { code: "E_AUTH", retry: false });
  assert.equal(socket.connected, false);
});

await scenario("a refused client may try again on the same connection", async (defer) => {
  const socket = open(defer, "/admin", { auth: { token: "wrong" } });
  await next(socket, "connect_error");
  socket.auth = { token: "secret" };
  const hello = next(socket, "hello");
  socket.connect();
  assert.deepEqual((await hello)[0].auth, { token: "secret" });
});

await scenario("admits by auth token and by query token", async (defer) => {
  assert.equal((await connected(defer, "/admin", { auth: { token: "secret" } })).hello.nsp, "/admin");
  assert.equal((await connected(defer, "/admin", { query: { token: "secret" } })).hello.nsp, "/admin");
});

await scenario("namespaces of one connection are independent", async (defer) => {
  const main = await connected(defer, "/");
  const custom = main.io.socket("/custom", { auth: { for: "custom" } });
  const [hello] = await next(custom, "hello");
  assert.equal(hello.nsp, "/custom");
  assert.deepEqual(hello.auth, { for: "custom" });
  assert.notEqual(custom.id, main.id);
  const stray = collect(main, "echo-back");
  const back = next(custom, "echo-back");
  custom.emit("echo", "only custom");
  assert.deepEqual(await back, ["only custom"]);
  custom.disconnect();
  assert.deepEqual(await main.emitWithAck("ack", 1), 1);
  assert.deepEqual(stray, []);
});

await scenario("an unknown namespace is refused and the connection stays", async (defer) => {
  const main = await connected(defer, "/");
  const unknown = main.io.socket("/unknown");
  const [error] = await next(unknown, "connect_error");
  assert.equal(error.message, "Invalid namespace");
  assert.equal(await main.emitWithAck("ack", "still here"), "still here");
});

await scenario("events carry many arguments of every kind", async (defer) => {
  const socket = await connected(defer);
  const values = [
    "", "text", "ünï\u0000\u2028\u{1F600}\"\\", 0, -1, 1.5, 9007199254740991, 1e-7, true, false, null,
    [], {}, [[[]]], { z: 1, a: { y: [null, { x: "" }] }, "": 0 },
  ];
  const back = next(socket, "echo-back");
  socket.emit("echo", ...values);
  const answer = await back;
  assert.deepEqual(answer, values);
  assert.equal(JSON.stringify(answer), JSON.stringify(values));
});

await scenario("events without arguments", async (defer) => {
  const socket = await connected(defer);
  const back = next(socket, "echo-back");
  socket.emit("echo");
  assert.deepEqual(await back, []);
});

await scenario("packets emitted before the connection are delivered in order", async (defer) => {
  const socket = open(defer);
  const seen = collect(socket, "echo-back");
  for (let i = 0; i < 100; i++) {
    socket.emit("echo", i);
  }
  await eventually("echoes", () => seen.length >= 100);
  assert.deepEqual(seen, [...Array(100).keys()]);
});

await scenario("acknowledgements carry any number of arguments", async (defer) => {
  const socket = await connected(defer);
  const call = (...args) => within(new Promise((ok) => socket.emit("ack", ...args, (...back) => ok(back))), "ack");
  assert.deepEqual(await call(), []);
  assert.deepEqual(await call(1), [1]);
  assert.deepEqual(await call(1, "2", { 3: [true] }, null), [1, "2", { 3: [true] }, null]);
});

await scenario("a thousand acknowledgements at once find their callers", async (defer) => {
  const socket = await connected(defer);
  const answers = await within(
    Promise.all([...Array(1000).keys()].map((i) => socket.emitWithAck("ack", i))),
    "acks",
  );
  assert.deepEqual(answers, [...Array(1000).keys()]);
});

await scenario("late acknowledgements may overtake each other", async (defer) => {
  const socket = await connected(defer);
  const order = [];
  await within(
    Promise.all(
      [300, 20].map((ms) => socket.emitWithAck("ack-late", ms, { ms }).then((value) => order.push(value.ms))),
    ),
    "late acks",
  );
  assert.deepEqual(order, [20, 300]);
});

await scenario("an event that is never acknowledged times out at the client", async (defer) => {
  const socket = await connected(defer);
  await assert.rejects(socket.timeout(200).emitWithAck("noack"), /operation has timed out/);
});

await scenario("the server asks the client", async (defer) => {
  const socket = await connected(defer);
  socket.once("question", (value, answer) => answer({ got: value }, 2, "three"));
  let answered = next(socket, "answered");
  socket.emit("ask-me", { v: [1] });
  assert.deepEqual(await answered, ["ok", { got: { v: [1] } }, 2, "three"]);
  socket.once("question", (value, answer) => answer());
  answered = next(socket, "answered");
  socket.emit("ask-me", 1);
  assert.deepEqual(await answered, ["ok"]);
});

await scenario("a question that the client leaves unanswered times out", async (defer) => {
  const socket = await connected(defer);
  const answered = next(socket, "answered");
  socket.emit("ask-me", "silence");
  assert.deepEqual(await answered, ["timeout"]);
});

await scenario("the server asks a room", async (defer) => {
  const clients = await Promise.all([connected(defer), connected(defer), connected(defer)]);
  for (const [i, client] of clients.entries()) {
    client.on("question", (value, answer) => answer(value + i, "ignored"));
  }
  await clients[0].emitWithAck("join", "asked");
  await clients[1].emitWithAck("join", "asked");
  let answered = next(clients[2], "answered-room");
  clients[2].emit("ask-room", "asked", 10);
  const [status, values] = await answered;
  assert.equal(status, "ok");
  assert.deepEqual(values.sort(), [10, 11]);
  answered = next(clients[2], "answered-room");
  clients[2].emit("ask-room", "nobody", 10);
  assert.deepEqual(await answered, ["ok", []]);
});

await scenario("binary travels both ways, nested", async (defer) => {
  const socket = await connected(defer);
  const values = [
    Buffer.from([1, 2, 3]),
    { deep: [{ bytes: Buffer.from([]) }, Buffer.from([255, 0])], text: "t" },
    "plain",
    Buffer.alloc(70_000, 7),
  ];
  const back = next(socket, "echo-back");
  socket.emit("echo", ...values);
  assert.deepEqual(await back, values);
});

await scenario("acknowledgements carry binary both ways", async (defer) => {
  const socket = await connected(defer);
  assert.deepEqual(await socket.emitWithAck("ack", { b: [Buffer.from("in")] }), { b: [Buffer.from("in")] });
  socket.once("question", (value, answer) => answer(Buffer.concat([value, Buffer.from("!")]), { n: Buffer.from([0]) }));
  const answered = next(socket, "answered");
  socket.emit("ask-me", Buffer.from("hey"));
  assert.deepEqual(await answered, ["ok", Buffer.from("hey!"), { n: Buffer.from([0]) }]);
});

await scenario("binary and text packets keep their order", async (defer) => {
  const socket = await connected(defer);
  const seen = collect(socket, "echo-back");
  for (let i = 0; i < 50; i++) {
    socket.emit("echo", i % 2 ? Buffer.from([i]) : i);
  }
  await eventually("echoes", () => seen.length >= 50);
  assert.deepEqual(seen.map((value) => (Buffer.isBuffer(value) ? value[0] : value)), [...Array(50).keys()]);
});

await scenario("rooms: to, except, shout, broadcast, leave", async (defer) => {
  const [a, b, c, d] = await Promise.all([1, 2, 3, 4].map(() => connected(defer)));
  const said = new Map([a, b, c, d].map((client) => [client, collect(client, "said")]));
  assert.deepEqual(new Set(await a.emitWithAck("join", "red")), new Set([a.id, "red"]));
  await b.emitWithAck("join", "red");
  await c.emitWithAck("join", "red");
  assert.deepEqual(new Set(await c.emitWithAck("join", "blue")), new Set([c.id, "red", "blue"]));
  const settled = async () => {
    for (const client of [a, b, c, d]) {
      await fence(client);
    }
    return [a, b, c, d].map((client) => said.get(client).splice(0));
  };
  const sent = async (...event) => {
    a.emit(...event);
    await fence(a);
    return settled();
  };
  assert.deepEqual(await sent("say", "red", 1), [[], [1], [1], []]);
  assert.deepEqual(await sent("shout", "red", 2), [[2], [2], [2], []]);
  assert.deepEqual(await sent("say-except", "red", "blue", 3), [[], [3], [], []]);
  assert.deepEqual(await sent("broadcast", { m: 4 }), [[], [{ m: 4 }], [{ m: 4 }], [{ m: 4 }]]);
  assert.deepEqual(await sent("say", b.id, 5), [[], [5], [], []]);
  assert.deepEqual(await b.emitWithAck("leave", "red"), [b.id]);
  assert.deepEqual(await sent("say", "red", Buffer.from([6])), [[], [], [Buffer.from([6])], []]);
});

await scenario("rooms of one namespace are unknown in another", async (defer) => {
  const main = await connected(defer, "/");
  const custom = await connected(defer, "/custom");
  await main.emitWithAck("join", "same");
  await custom.emitWithAck("join", "same");
  const said = collect(main, "said");
  custom.emit("shout", "same", "custom only");
  await next(custom, "said");
  await fence(main);
  assert.deepEqual(said, []);
});

await scenario("retries deliver until the server acknowledges, in order", async (defer) => {
  const socket = await connected(defer, "/", { retries: 3, ackTimeout: 300 });
  const flaky = within(new Promise((ok) => socket.emit("flaky", "f1", (error, count) => ok([error, count]))), "flaky");
  const back = collect(socket, "echo-back");
  socket.emit("echo", "after");
  socket.emit("echo", "later");
  assert.deepEqual(await flaky, [null, 2]);
  await eventually("queue", () => back.length >= 2);
  assert.deepEqual(back, ["after", "later"]);
});

await scenario("retries give up on an event that is never acknowledged", async (defer) => {
  const socket = await connected(defer, "/", { retries: 1, ackTimeout: 100 });
  const error = await within(new Promise((ok) => socket.emit("noack", ok)), "noack");
  assert.equal(error.message, "operation has timed out");
});

await scenario("volatile events are sent while connected and dropped while not", async (defer) => {
  const socket = open(defer, "/", { autoConnect: false });
  const seen = collect(socket, "echo-back");
  socket.volatile.emit("echo", "dropped");
  socket.connect();
  await next(socket, "hello");
  await eventually("volatile echo", () => {
    socket.volatile.emit("echo", "sent");
    return seen.length > 0;
  });
  assert.ok(seen.every((value) => value === "sent"));
});

await scenario("both sides know that the client left", async (defer) => {
  const observer = await connected(defer);
  const socket = await connected(defer);
  await socket.emitWithAck("key", "left");
  const reason = next(socket, "disconnect");
  socket.disconnect();
  assert.equal((await reason)[0], "io client disconnect");
  assert.equal(await reasonOf(observer, "left"), "client namespace disconnect");
});

await scenario("both sides know that the client closed the connection", async (defer) => {
  const observer = await connected(defer);
  const socket = await connected(defer);
  await eventually("transport", () => socket.io.engine.transport.name === finalTransport);
  await socket.emitWithAck("key", "closed");
  const reason = next(socket, "disconnect");
  socket.io.engine.close();
  assert.equal((await reason)[0], "forced close");
  assert.equal(await reasonOf(observer, "closed"), "transport close");
});

await scenario("a kick ends one namespace and both sides know", async (defer) => {
  const observer = await connected(defer);
  const main = await connected(defer);
  const custom = main.io.socket("/custom");
  await next(custom, "hello");
  await custom.emitWithAck("key", "kicked");
  const reason = next(custom, "disconnect");
  custom.emit("kick");
  assert.equal((await reason)[0], "io server disconnect");
  assert.equal(await reasonOf(observer, "kicked"), "server namespace disconnect");
  assert.equal(await main.emitWithAck("ack", "here"), "here");
});

await scenario("a kick of all ends every namespace and the connection", async (defer) => {
  const observer = await connected(defer);
  const main = await connected(defer);
  const custom = main.io.socket("/custom");
  await next(custom, "hello");
  await main.emitWithAck("key", "all-main");
  await custom.emitWithAck("key", "all-custom");
  const reasons = Promise.all([next(main, "disconnect"), next(custom, "disconnect")]);
  const closed = next(main.io.engine, "close");
  main.emit("kick-all");
  assert.deepEqual((await reasons).map(([reason]) => reason), ["io server disconnect", "io server disconnect"]);
  await closed;
  assert.equal(await reasonOf(observer, "all-main"), "server namespace disconnect");
  assert.equal(await reasonOf(observer, "all-custom"), "server namespace disconnect");
});

await scenario("a dropped connection is a transport close and the client comes back", async (defer) => {
  const observer = await connected(defer);
  const socket = await connected(defer, "/", { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 50 });
  const firstId = socket.id;
  await eventually("transport", () => socket.io.engine.transport.name === finalTransport);
  await socket.emitWithAck("key", "dropped");
  const reason = next(socket, "disconnect");
  const again = next(socket, "hello");
  socket.emit("drop");
  assert.equal((await reason)[0], "transport close");
  assert.equal(await reasonOf(observer, "dropped"), "forced close");
  const [hello] = await again;
  assert.equal(hello.id, socket.id);
  assert.notEqual(hello.id, firstId);
});

await scenario("events missed while away stay missed", async (defer) => {
  const socket = await connected(defer, "/", { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 50 });
  await socket.emitWithAck("join", "missing");
  const missed = collect(socket, "missed");
  const again = next(socket, "hello");
  socket.emit("drop-and-miss", "missing", 3);
  await again;
  await socket.emitWithAck("ack-late", 200, "settled");
  assert.deepEqual(missed, []);
});

await scenario("the reason of an unknown key is null", async (defer) => {
  assert.equal(await (await connected(defer)).emitWithAck("reason-of", "nobody"), null);
});

await scenario("a long burst of events arrives in order", async (defer) => {
  const count = 100_000 * share;
  const socket = await connected(defer);
  let expected = 0;
  let firstWrong = null;
  socket.on("tick", (i) => {
    if (i !== expected++ && firstWrong === null) {
      firstWrong = i;
    }
  });
  const end = next(socket, "burst-end", 60_000);
  socket.emit("burst", count);
  assert.deepEqual(await end, [count]);
  assert.equal(firstWrong, null);
  assert.equal(expected, count);
});

await scenario("many events of a client are handled in order", async (defer) => {
  const count = 10_000 * share;
  const socket = await connected(defer);
  const seen = collect(socket, "echo-back");
  for (let i = 0; i < count; i++) {
    socket.emit("echo", i);
  }
  await eventually("echoes", () => seen.length >= count, 20_000);
  assert.deepEqual(seen, [...Array(count).keys()]);
});

await scenario("big payloads come whole from the server", async (defer) => {
  const size = 3_000_000 * share;
  const socket = await connected(defer);
  const back = next(socket, "big-back", 20_000);
  socket.emit("big", size);
  const [text, octets] = await back;
  assert.equal(text.length, size);
  assert.ok(/^x+$/.test(text));
  assert.ok(Buffer.from(octets).equals(Buffer.from(Uint8Array.from({ length: size }, (_, i) => i & 255))));
});

await scenario("big payloads come whole from the client", async (defer) => {
  const socket = await connected(defer);
  const text = "äx".repeat(150_000);
  const octets = Buffer.from(Uint8Array.from({ length: 500_000 }, (_, i) => (i * 31) & 255));
  assert.equal(await within(socket.emitWithAck("ack", text), "text"), text);
  assert.ok(octets.equals(Buffer.from(await within(socket.emitWithAck("ack", octets), "octets"))));
});

await scenario("stays connected over several heartbeats", async (defer) => {
  const socket = await connected(defer);
  const lost = collect(socket, "disconnect");
  const pings = collect(socket.io, "ping");
  await eventually("pings", () => pings.length >= 4);
  assert.equal(await socket.emitWithAck("ack", "alive"), "alive");
  assert.deepEqual(lost, []);
});

await scenario("a stopping server is a transport close", async (defer) => {
  const socket = await connected(defer);
  await eventually("transport", () => socket.io.engine.transport.name === finalTransport);
  const reason = next(socket, "disconnect", 20_000);
  console.log("READY stop the server");
  // A poll that finds nobody listening any more is a transport error to the client; a Node server ends polling that way.
  const expected = mode === "polling" ? ["transport close", "transport error"] : ["transport close"];
  assert.ok(expected.includes((await reason)[0]), `disconnected with ${await reason}`);
});

finish();
