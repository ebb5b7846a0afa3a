// The word on the join screen, woven from the same yarn as the game.

import { VARIANTS, dye, mix, noise, wovenTile } from "./yarn.js";

const TILE = 22;
const LETTERS = [["L", 1], ["o", 3], ["o", 2], ["m", 4]];

/** Draws the title. */
export function drawTitle(canvas) {
  const pen = canvas.getContext("2d");
  pen.font = '900 236px "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", Georgia, "DejaVu Serif", serif';
  pen.textBaseline = "alphabetic";
  const widths = LETTERS.map(([letter]) => pen.measureText(letter).width);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const squeeze = Math.min(1, (canvas.width - 20) / total);
  let x = (canvas.width / squeeze - total) / 2;
  pen.scale(squeeze, squeeze);
  LETTERS.forEach(([letter, id], i) => {
    pen.drawImage(letterOf(letter, id, pen.font, widths[i], canvas.height), x - 20, 0);
    x += widths[i];
  });
}

function letterOf(letter, id, font, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width) + 40;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  pen.font = font;
  pen.fillText(letter, 20, 206);
  pen.globalCompositeOperation = "source-in";
  pen.drawImage(cloth(id, canvas.width, height), 0, 0);
  pen.globalCompositeOperation = "destination-over";
  pen.shadowColor = "rgb(60 30 10 / 0.55)";
  pen.shadowBlur = 6;
  pen.shadowOffsetY = 5;
  pen.lineWidth = 5;
  pen.lineJoin = "round";
  pen.strokeStyle = mix(dye(id), "#1d120a", 0.45);
  pen.strokeText(letter, 20, 206);
  return canvas;
}

function cloth(id, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += TILE) {
      pen.drawImage(wovenTile(id, TILE, Math.floor(noise(x >> 5, y) * VARIANTS)), x, y);
    }
  }
  return canvas;
}
