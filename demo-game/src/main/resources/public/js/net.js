// The connection: the stock Socket.IO client, and what it costs.

export class Net {
  constructor() {
    this.socket = window.io({ reconnectionDelay: 1500, reconnectionDelayMax: 3000 });
    this.pollingOnly = false;
    this.bytesIn = 0;
    this.bytesOut = 0;
    this.#countBytes();
    this.socket.io.on("reconnect_attempt", () => this.#countBytes());
  }

  get transport() {
    return this.socket.connected ? this.socket.io.engine.transport.name : "none";
  }

  on(event, listener) {
    this.socket.on(event, listener);
  }

  send(event, value) {
    this.socket.emit(event, value);
  }

  /** Sends an event and returns the answer; throws the problem if the server answers with one. */
  async ask(event, ...args) {
    const answer = await this.socket.timeout(5000).emitWithAck(event, ...args);
    if (answer?.$error) throw new Error(answer.$error.message);
    return answer;
  }

  /** Closes the transport, as a lost network would; the client comes back by itself. */
  cut() {
    this.socket.io.engine.close();
  }

  usePollingOnly(only) {
    this.pollingOnly = only;
    this.socket.io.opts.transports = only ? ["polling"] : ["polling", "websocket"];
    this.cut();
  }

  #countBytes() {
    queueMicrotask(() => {
      const engine = this.socket.io.engine;
      if (!engine || engine === this.counted) return;
      this.counted = engine;
      engine.on("packet", (packet) => (this.bytesIn += size(packet.data)));
      engine.on("packetCreate", (packet) => (this.bytesOut += size(packet.data)));
    });
  }
}

const size = (data) => 1 + (data?.byteLength ?? data?.length ?? 0);
