// Keys and swipes.

const KEYS = {
  ArrowUp: 0, KeyW: 0,
  ArrowRight: 1, KeyD: 1,
  ArrowDown: 2, KeyS: 2,
  ArrowLeft: 3, KeyA: 3,
};
const SWIPE_PIXELS = 22;

/** Calls `steer(dir)` for keys and swipes, and `commands[code]()` for other keys; never while somebody types. */
export function listen(stage, steer, commands) {
  window.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const dir = KEYS[event.code];
    if (dir === undefined && !commands[event.code]) return;
    event.preventDefault();
    if (dir === undefined) commands[event.code]();
    else if (!event.repeat) steer(dir);
  });

  let from = null;
  stage.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY };
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  stage.addEventListener("pointermove", (event) => {
    if (!from) return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (Math.max(Math.abs(dx), Math.abs(dy)) < SWIPE_PIXELS) return;
    steer(Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 1 : 3) : dy > 0 ? 2 : 0);
    from = { x: event.clientX, y: event.clientY }; // a long swipe can turn corners
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => (from = null));
}
