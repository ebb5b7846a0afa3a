// What the stock client sees of the matrix app from a page of another origin: ?url=…&mode=polling|websocket|upgrade
import { io } from "/vendor/socket.io.esm.min.js";

const query = new URLSearchParams(location.search);
const url = query.get("url");
const mode = query.get("mode");
const transports = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[mode];
const finalTransport = mode === "polling" ? "polling" : "websocket";
const lines = document.getElementById("lines");
const LIMIT_MS = 8000;

const print = (line) => lines.append(line + "\n");
const plain = (value) => JSON.stringify(value, (key, v) => (v instanceof ArrayBuffer ? [...new Uint8Array(v)] : v));

function equal(actual, expected) {
  if (plain(actual) !== plain(expected)) {
    throw new Error(`expected ${plain(expected)} but was ${plain(actual)}`);
  }
}

function within(promise, what) {
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error(`${what}: nothing in time`)), LIMIT_MS));
  return Promise.race([promise, late]);
}

const next = (socket, event) => within(new Promise((done) => socket.once(event, (...args) => done(args))), event);

function open(defer, namespace = "/", options = {}) {
  const socket = io(url + namespace, { transports, forceNew: true, reconnection: false, ...options });
  defer(() => socket.disconnect());
  return socket;
}

async function connected(defer, namespace, options) {
  const socket = open(defer, namespace, options);
  [socket.hello] = await next(socket, "hello");
  return socket;
}

async function scenario(name, body) {
  const cleanUps = [];
  try {
    await body((cleanUp) => cleanUps.push(cleanUp));
    print(`ok ${name}`);
  } catch (e) {
    print(`FAIL ${name}: ${e.message}`);
  } finally {
    cleanUps.forEach((cleanUp) => cleanUp());
  }
}

await scenario("is greeted with its auth payload", async (defer) => {
  const socket = await connected(defer, "/", { auth: { token: "abc", list: [1, null] } });
  equal(socket.hello, { nsp: "/", id: socket.id, recovered: false, auth: { token: "abc", list: [1, null] } });
});

await scenario("ends up on the expected transport", async (defer) => {
  const socket = await connected(defer);
  const engine = socket.io.engine;
  if (engine.transport.name !== finalTransport) {
    await within(new Promise((done) => engine.once("upgrade", done)), "upgrade");
  }
  const [{ transport }] = [await socket.emitWithAck("who")];
  equal(transport, finalTransport);
});

await scenario("a refusal carries message and data", async (defer) => {
  const [error] = await next(open(defer, "/admin", { auth: { token: "wrong" } }), "connect_error");
  equal([error.message, error.data], ["not authorized", { code: "E_AUTH", retry: false }]);
});

await scenario("an unknown namespace is refused", async (defer) => {
  const [error] = await next(open(defer, "/nowhere"), "connect_error");
  equal(error.message, "Invalid namespace");
});

await scenario("events carry many arguments", async (defer) => {
  const socket = await connected(defer, "/custom");
  const args = [1, "zwei", null, true, [1.5, { deep: "ü" }]];
  socket.emit("echo", ...args);
  equal(await next(socket, "echo-back"), args);
});

await scenario("acknowledgements go both ways", async (defer) => {
  const socket = await connected(defer);
  equal(await socket.emitWithAck("ack", { a: 1 }), { a: 1 });
  socket.on("question", (v, answer) => answer(v + 1));
  socket.emit("ask-me", 41);
  equal(await next(socket, "answered"), ["ok", 42]);
});

await scenario("binary goes both ways, nested, in events and acknowledgements", async (defer) => {
  const socket = await connected(defer);
  const bytes = Uint8Array.of(0, 1, 254, 255).buffer;
  socket.emit("echo", { in: [bytes] }, bytes);
  equal(await next(socket, "echo-back"), [{ in: [[0, 1, 254, 255]] }, [0, 1, 254, 255]]);
  equal(await socket.emitWithAck("ack", { b: bytes }), { b: [0, 1, 254, 255] });
});

await scenario("a room gets what is said in it", async (defer) => {
  const [a, b, c] = [await connected(defer), await connected(defer), await connected(defer)];
  await Promise.all([a.emitWithAck("join", "red"), b.emitWithAck("join", "red")]);
  const strays = [];
  [a, c].forEach((socket) => socket.on("said", (m) => strays.push(m)));
  const heard = next(b, "said");
  a.emit("say", "red", "hi");
  equal(await heard, ["hi"]);
  await Promise.all([a.emitWithAck("ack", 1), c.emitWithAck("ack", 1)]);
  equal(strays, []);
});

await scenario("both sides know why a kicked socket ended", async (defer) => {
  const [socket, observer] = [await connected(defer), await connected(defer)];
  await socket.emitWithAck("key", "browser-kick-" + mode);
  const reason = next(socket, "disconnect");
  socket.emit("kick");
  equal((await reason)[0], "io server disconnect");
  equal(await observer.emitWithAck("reason-of", "browser-kick-" + mode), "server namespace disconnect");
});

await scenario("a dropped connection is a transport close", async (defer) => {
  const socket = await connected(defer);
  const reason = next(socket, "disconnect");
  socket.emit("drop");
  equal((await reason)[0], "transport close");
});

print("DONE");
