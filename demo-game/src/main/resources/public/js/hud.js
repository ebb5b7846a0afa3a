// The network display, key H: how long answers take, what comes and goes.

const SAMPLES = 64;

export class Hud {
  constructor(net) {
    this.net = net;
    this.panel = document.getElementById("hud");
    this.numbers = document.getElementById("numbers");
    this.pen = document.getElementById("graph").getContext("2d");
    this.rtts = [];
    this.jitter = 0;
    this.snapshots = 0;
    this.healed = 0;
    this.stepMicros = 0;
    this.last = { at: performance.now(), in: 0, out: 0, snapshots: 0 };
  }

  get rtt() {
    return this.rtts.length > 0 ? this.rtts[this.rtts.length - 1] : 0;
  }

  /** How long most answers take: three in four of the last eight were quicker. */
  get usualRtt() {
    const last = this.rtts.slice(-8).sort((a, b) => a - b);
    return last[Math.floor(last.length * 0.75)] ?? 0;
  }

  toggle() {
    this.panel.hidden = !this.panel.hidden;
    document.getElementById("hudButton").setAttribute("aria-pressed", String(!this.panel.hidden));
  }

  /** Asks the server for a sign of life and remembers how long that took. */
  async ping() {
    const start = performance.now();
    const pong = await this.net.ask("ping");
    const rtt = performance.now() - start;
    if (this.rtts.length > 0) this.jitter += (Math.abs(rtt - this.rtt) - this.jitter) / 8;
    this.rtts.push(rtt);
    if (this.rtts.length > SAMPLES) this.rtts.shift();
    this.stepMicros = pong.stepMicros;
  }

  /** Shows the last second; `game` knows the rest. */
  refresh(game) {
    const now = performance.now();
    const seconds = (now - this.last.at) / 1000;
    const rate = (value, before) => (value - before) / seconds;
    const rows = [
      ["Round trip", `${this.rtt.toFixed(1)} ms`],
      ["Jitter", `${this.jitter.toFixed(1)} ms`],
      ["Snapshots", `${rate(this.snapshots, this.last.snapshots).toFixed(0)} per second`],
      ["In", `${(rate(this.net.bytesIn, this.last.in) / 1024).toFixed(1)} KiB/s`],
      ["Out", `${(rate(this.net.bytesOut, this.last.out) / 1024).toFixed(2)} KiB/s`],
      ["Transport", this.net.transport],
      ["Corrections", game.corrections],
      ["Shown ahead", `${game.lead.toFixed(1)} steps`],
      ["Keyframes re-sent", this.healed],
      ["Server step", `${(this.stepMicros / 1000).toFixed(2)} ms`],
      ["Seat kept", `${game.returns} times`],
      ["Players", `${game.players} + ${game.bots} bots`],
    ];
    this.last = { at: now, in: this.net.bytesIn, out: this.net.bytesOut, snapshots: this.snapshots };
    if (this.panel.hidden) return;
    this.numbers.replaceChildren(...rows.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
    this.#draw();
  }

  #draw() {
    const { pen } = this;
    const { width, height } = pen.canvas;
    const top = Math.max(20, ...this.rtts) * 1.15;
    pen.clearRect(0, 0, width, height);
    const bar = width / SAMPLES;
    this.rtts.forEach((rtt, i) => {
      const h = Math.max(2, (rtt / top) * height);
      pen.fillStyle = "#2f8480";
      pen.fillRect(i * bar + 1, height - h, bar - 2, h);
      if (i === 0) return;
      const j = Math.max(1, (Math.abs(rtt - this.rtts[i - 1]) / top) * height);
      pen.fillStyle = "#d5743c";
      pen.fillRect(i * bar + 1, height - j, bar - 2, j);
    });
    pen.fillStyle = "#7b6147";
    pen.font = "20px system-ui, sans-serif";
    pen.fillText(`${top.toFixed(0)} ms`, 8, 22);
  }
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
