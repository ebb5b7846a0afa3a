// The rule of motion, the same as Flight.java and Shuttle.java: the page predicts its own shuttle with it.
// A flight is {x, y, dir}; dir is 0 up, 1 right, 2 down, 3 left.

export const DX = [0, 1, 0, -1];
export const DY = [-1, 0, 1, 0];

/** Returns the flight after a turn; a turn to the opposite side does nothing. */
export function turned(flight, dir) {
  return (flight.dir ^ dir) === 2 ? flight : { x: flight.x, y: flight.y, dir };
}

/** Returns the flight one cell further; at the selvedge the shuttle turns right, in a corner left. */
export function moved(flight, width, height) {
  const inside = (dir) => {
    const x = flight.x + DX[dir];
    const y = flight.y + DY[dir];
    return x >= 0 && x < width && y >= 0 && y < height;
  };
  let { dir } = flight;
  if (!inside(dir)) {
    const right = (dir + 1) & 3;
    dir = inside(right) ? right : (dir + 3) & 3;
  }
  return { x: flight.x + DX[dir], y: flight.y + DY[dir], dir };
}

/**
 * Returns the flight after step `tick`. Takes at most one turn that changes something from the front of `turns`, those that
 * change nothing are taken too; a turn waits until the step it is dated to.
 */
export function step(flight, turns, tick, width, height) {
  let next = flight;
  while (turns.length > 0 && turns[0].tick <= tick) {
    const to = turned(next, turns.shift().dir);
    if (to.dir !== next.dir) {
      next = to;
      break;
    }
  }
  return moved(next, width, height);
}
