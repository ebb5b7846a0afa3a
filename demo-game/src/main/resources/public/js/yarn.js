// Colours and weaves. Every shuttle id has a dye and a weave, so that neighbours differ even for those who see few colours.

const DYES = [
  "#b4402e", "#2f5486", "#dba030", "#5f7f43", "#7d3f63", "#2f8480", "#d5743c", "#6d94bd",
  "#8a2f3c", "#a99a3c", "#8d7cb3", "#3a6650", "#d98891", "#7a5138", "#87b08f", "#b43a6c",
  "#31436b", "#e6ab78", "#5c6876", "#e3695a", "#1f6273", "#c7862c", "#a5668a", "#8c8357",
];

/** Thickness of one thread in the woven tile is a quarter of a cell; each row says where the warp lies on top. */
const WEAVES = [
  ["x-x-", "-x-x", "x-x-", "-x-x"], // plain
  ["xx--", "-xx-", "--xx", "x--x"], // twill
  ["x---", "--x-", "-x--", "---x"], // satin
  ["xx--", "xx--", "--xx", "--xx"], // basket
  ["--xx", "-xx-", "xx--", "x--x"], // twill, the other way
];

export const VARIANTS = 4;

export const dye = (id) => DYES[(id - 1) % DYES.length];

/** Mixes a colour with another one; `part` is the share of the other. */
export function mix(colour, other, part) {
  const a = rgb(colour);
  const b = rgb(other);
  return `rgb(${a.map((v, i) => Math.round(v + (b[i] - v) * part)).join(" ")})`;
}

function rgb(colour) {
  if (colour.startsWith("#")) return [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return colour.match(/\d+/g).map(Number);
}

const cache = new Map();

/** Returns the tile of woven cloth of a shuttle; four variants keep large areas lively. */
export function wovenTile(id, size, variant) {
  return cached(`w${id}/${size}/${variant}`, size, (pen) => weave(pen, id, size, variant));
}

/** Returns the tile where nothing is woven yet: bare warp. */
export function warpTile(size, variant) {
  return cached(`b/${size}/${variant}`, size, (pen) => bareWarp(pen, size, variant));
}

function cached(key, size, paint) {
  let tile = cache.get(key);
  if (!tile) {
    tile = document.createElement("canvas");
    tile.width = tile.height = size;
    paint(tile.getContext("2d"));
    cache.set(key, tile);
  }
  return tile;
}

function weave(pen, id, size, variant) {
  const colour = dye(id);
  const pattern = WEAVES[(id - 1) % WEAVES.length];
  const t = size / 4;
  const weftTone = (row) => mix(colour, noise(row, variant) > 0.5 ? "#ffffff" : "#1d120a", 0.05 + 0.07 * noise(variant, row + 9));
  const warp = mix(colour, "#f4e6cb", 0.34);
  pen.fillStyle = mix(colour, "#1d120a", 0.45);
  pen.fillRect(0, 0, size, size);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      const warpOnTop = pattern[row][column] === "x";
      strand(pen, column * t, row * t, t, warpOnTop, warpOnTop ? warp : weftTone(row));
    }
  }
}

/** One crossing: the strand on top bulges, so it is light in the middle and dark where it dives under. */
function strand(pen, x, y, t, vertical, colour) {
  const shade = vertical ? pen.createLinearGradient(0, y, 0, y + t) : pen.createLinearGradient(x, 0, x + t, 0);
  shade.addColorStop(0, mix(colour, "#1d120a", 0.22));
  shade.addColorStop(0.5, mix(colour, "#fff6e0", 0.16));
  shade.addColorStop(1, mix(colour, "#1d120a", 0.22));
  pen.fillStyle = shade;
  const thin = t * 0.1;
  if (vertical) pen.fillRect(x + thin, y - 0.2, t - 2 * thin, t + 0.4);
  else pen.fillRect(x - 0.2, y + thin, t + 0.4, t - 2 * thin);
}

function bareWarp(pen, size, variant) {
  pen.fillStyle = "#e9dcc2";
  pen.fillRect(0, 0, size, size);
  const t = size / 4;
  for (let i = 0; i < 4; i++) {
    const tone = 0.06 * noise(i, variant);
    pen.fillStyle = mix("#d9c7a4", "#8a6b45", 0.1 + tone);
    pen.fillRect(i * t + t * 0.7, 0, t * 0.22, size);
    pen.fillStyle = mix("#f7eed9", "#c9b48a", tone * 2);
    pen.fillRect(i * t + t * 0.16, 0, t * 0.54, size);
  }
}

/** A number in [0, 1) that depends on nothing but a and b. */
export function noise(a, b) {
  let h = Math.imul(a + 1, 374761393) ^ Math.imul(b + 1, 668265263);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}
