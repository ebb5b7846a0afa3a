"""What the Python client sees of the matrix app: socketio_client.py <url> <polling|websocket|upgrade>."""

import queue
import sys
import threading
import time
import traceback

import engineio.payload
import socketio

# The client refuses polling bodies of more than 16 packets unless told otherwise.
engineio.payload.Payload.max_decode_packets = 1_000_000

URL, MODE = sys.argv[1:3]
TRANSPORTS = {"polling": ["polling"], "websocket": ["websocket"], "upgrade": None}[MODE]
FINAL = "polling" if MODE == "polling" else "websocket"
LIMIT = 10

failures = 0


class Client:
    """One client whose events are queued by (namespace, name)."""

    def __init__(self, *namespaces, auth=None, query="", headers=None, wait=True):
        self.namespaces = list(namespaces) or ["/"]
        self.queues = {}
        self.sio = socketio.Client(reconnection=False)
        self.questions = {}
        for namespace in self.namespaces:
            for name in ("hello", "echo-back", "said", "answered", "answered-room", "big-back", "tick", "burst-end"):
                self.sio.on(name, self._recorder(namespace, name), namespace=namespace)
            self.sio.on("question", lambda value: self.answer(value), namespace=namespace)
            self.sio.on("connect_error", self._recorder(namespace, "connect_error"), namespace=namespace)
            self.sio.on("disconnect", self._recorder(namespace, "disconnect"), namespace=namespace)
        self.sio.connect(
            URL + query,
            auth=auth,
            headers=headers or {},
            transports=TRANSPORTS,
            namespaces=self.namespaces,
            wait=wait,
            wait_timeout=LIMIT,
        )
        opened.append(self)

    def answer(self, value):
        return value

    def _recorder(self, namespace, name):
        events = self.queues.setdefault((namespace, name), queue.Queue())
        return lambda *args: events.put(list(args)) and None

    def next(self, name, namespace="/"):
        return self.queues[(namespace, name)].get(timeout=LIMIT)

    def pending(self, name, namespace="/"):
        events = self.queues[(namespace, name)]
        return [events.get() for _ in range(events.qsize())]

    def emit(self, name, *args, namespace="/"):
        self.sio.emit(name, args, namespace=namespace)

    def call(self, name, *args, namespace="/"):
        return self.sio.call(name, args, namespace=namespace, timeout=LIMIT)

    def leave(self):
        """Disconnects as soon as the client's writer waits for work.

        While a request is under way this client would stop writing right behind it and drop its DISCONNECT packet:
        the acknowledgement of an event may well come before the answer to the POST that carried the event.
        """
        eventually("an idle writer", lambda: self.sio.eio.queue.not_empty._waiters)
        self.sio.disconnect()


opened = []


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r:.500}\n    but was  {actual!r:.500}")


def eventually(what, condition):
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        threading.Event().wait(0.02)
    raise AssertionError(f"{what}: not within {LIMIT} s")


def scenario(name):
    def run(body):
        global failures
        try:
            body()
            print(f"ok {name}", flush=True)
        except Exception:
            failures += 1
            print(f"FAIL {name}: " + traceback.format_exc().replace("\n", "\n    "), flush=True)
        finally:
            while opened:
                client = opened.pop()
                if client.sio.connected:
                    client.sio.disconnect()

    return run


@scenario("connects and is greeted")
def _():
    client = Client(auth={"token": "abc"})
    equal(
        client.next("hello"),
        [{"nsp": "/", "id": client.sio.get_sid(), "recovered": False, "auth": {"token": "abc"}}],
    )


@scenario("ends up on the expected transport")
def _():
    client = Client()
    equal(client.sio.transport(), FINAL)
    who = eventually("transport", lambda: (w := client.call("who"))["transport"] == FINAL and w)
    equal(who, {"id": client.sio.get_sid(), "nsp": "/", "conn": client.sio.eio.sid, "transport": FINAL, "recovered": False})


@scenario("handshake shows query, auth and headers")
def _():
    handshake = Client(auth={"a": 1}, query="/?tag=t1", headers={"x-test": "value"}).call("handshake")
    equal((handshake["query"]["tag"], handshake["auth"], handshake["header"]), ("t1", {"a": 1}, "value"))


@scenario("a refusal carries message and data")
def _():
    client = Client("/admin", auth={"token": "wrong"}, wait=False)
    equal(
        client.next("connect_error", "/admin"),
        [{"message": "not authorized", "data": {"code": "E_AUTH", "retry": False}}],
    )


@scenario("admits by auth token and by query token")
def _():
    equal(Client("/admin", auth={"token": "secret"}).next("hello", "/admin")[0]["nsp"], "/admin")
    equal(Client("/admin", query="/?token=secret").next("hello", "/admin")[0]["nsp"], "/admin")


@scenario("several namespaces over one connection")
def _():
    client = Client("/", "/custom", auth={"for": "both"})
    equal(client.next("hello", "/custom")[0]["nsp"], "/custom")
    client.emit("echo", "only custom", namespace="/custom")
    equal(client.next("echo-back", "/custom"), ["only custom"])
    client.call("ack", 1)
    equal(client.pending("echo-back"), [])


@scenario("an unknown namespace is refused")
def _():
    client = Client("/unknown", wait=False)
    equal(client.next("connect_error", "/unknown"), [{"message": "Invalid namespace"}])


@scenario("events carry many arguments of every kind")
def _():
    client = Client()
    values = ["", "ünï\u0000\U0001f600\"\\", 0, -1, 1.5, 2**53 - 1, True, None, [], {}, {"z": [None, {"a": ""}]}]
    client.emit("echo", *values)
    equal(client.next("echo-back"), values)


@scenario("acknowledgements both ways")
def _():
    client = Client()
    equal(client.call("ack", {"v": 1}), {"v": 1})
    equal(client.call("ack", 1, "2"), (1, "2"))
    equal(client.call("ack-late", 50, "late"), "late")
    client.answer = lambda value: ({"got": value}, 2)
    client.emit("ask-me", [1])
    equal(client.next("answered"), ["ok", {"got": [1]}, 2])


@scenario("an event that is never acknowledged times out at the client")
def _():
    client = Client()
    try:
        client.sio.call("noack", (), timeout=0.2)
    except socketio.exceptions.TimeoutError:
        return
    raise AssertionError("acknowledged")


@scenario("binary both ways, in events and acknowledgements")
def _():
    client = Client()
    client.emit("echo", b"\x00\xff", {"deep": [b"", "t"]})
    equal(client.next("echo-back"), [b"\x00\xff", {"deep": [b"", "t"]}])
    equal(client.call("ack", {"b": b"in"}), {"b": b"in"})
    client.answer = lambda value: value + b"!"
    client.emit("ask-me", b"hey")
    equal(client.next("answered"), ["ok", b"hey!"])


@scenario("rooms: to, except, shout, broadcast, leave")
def _():
    clients = [Client() for _ in range(3)]
    a, b, c = clients
    equal(set(a.call("join", "py-red")), {a.sio.get_sid(), "py-red"})
    b.call("join", "py-red")
    c.call("join", "py-red")
    c.call("join", "py-blue")

    def sent(*event):
        a.emit(*event)
        for client in clients:
            client.call("ack", "fence")
        return [client.pending("said") for client in clients]

    equal(sent("say", "py-red", 1), [[], [[1]], [[1]]])
    equal(sent("shout", "py-red", 2), [[[2]], [[2]], [[2]]])
    equal(sent("say-except", "py-red", "py-blue", 3), [[], [[3]], []])
    equal(sent("broadcast", 4), [[], [[4]], [[4]]])
    equal(b.call("leave", "py-red"), [b.sio.get_sid()])
    equal(sent("say", "py-red", 5), [[], [], [[5]]])


@scenario("the server asks a room")
def _():
    clients = [Client() for _ in range(2)]
    for i, client in enumerate(clients):
        client.answer = lambda value, i=i: value + i
        client.call("join", "py-asked")
    clients[0].emit("ask-room", "py-asked", 10)
    status, answers = clients[0].next("answered-room")
    equal((status, sorted(answers)), ("ok", [10, 11]))


@scenario("both sides know why a socket ended")
def _():
    observer, client = Client(), Client()
    reason = lambda key: eventually(f"reason of {key}", lambda: observer.call("reason-of", key))
    client.call("key", "py-left")
    client.leave()
    client.next("disconnect")
    # This client cuts the connection right behind its DISCONNECT packet, and over WebSocket often before it.
    if reason("py-left") not in ("client namespace disconnect", "transport close"):
        raise AssertionError(f"left with {reason('py-left')}")
    for event, expected in (
        ("kick", "server namespace disconnect"),
        ("kick-all", "server namespace disconnect"),
        ("drop", "forced close"),
    ):
        client = Client()
        client.call("key", "py-" + event)
        client.emit(event)
        client.next("disconnect")
        equal(reason("py-" + event), expected)


@scenario("20,000 events arrive once each")
def _():
    # This client hands every message to a thread of its own, so it does not keep the order itself.
    client = Client()
    client.emit("burst", 20_000)
    ticks = sorted(client.next("tick")[0] for _ in range(20_000))
    equal(ticks, list(range(20_000)))
    equal(client.next("burst-end"), [20_000])


@scenario("big payloads come whole both ways")
def _():
    client = Client()
    client.emit("big", 1_000_000)
    text, octets = client.next("big-back")
    equal((text, octets), ("x" * 1_000_000, bytes(i & 255 for i in range(1_000_000))))
    equal(client.call("ack", "ä" * 300_000), "ä" * 300_000)


@scenario("stays connected over several heartbeats")
def _():
    client = Client()
    equal(client.call("ack-late", 3500, "alive"), "alive")
    equal(client.pending("disconnect"), [])


@scenario("a stopping server disconnects the client")
def _():
    client = Client()
    client.next("hello")
    print("READY stop the server", flush=True)
    client.next("disconnect")


print("all passed" if failures == 0 else f"{failures} failed")
sys.exit(0 if failures == 0 else 1)
