// Reads one snapshot per line in Base64; prints what the page makes of each, as "tick owners threads shuttles" or "lost".
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Cells, decode } from "../../main/resources/public/js/snapshot.js";

const hash = (cells) => createHash("sha256").update(cells).digest("hex");
const cells = new Cells();
for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  const snapshot = decode(Buffer.from(line, "base64"));
  const known = cells.apply(snapshot) !== null;
  const shuttles = snapshot.shuttles.map((s) => [s.id, s.x, s.y, s.dir, s.flies, s.bot, s.away, s.seq].join(","));
  console.log(known ? `${snapshot.tick} ${hash(cells.owners)} ${hash(cells.threads)} ${shuttles.join(";")}` : "lost");
}
