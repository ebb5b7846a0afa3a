// A small test harness: one line a case on stdout, a readable difference for each failure, exit status 1 if any failed.
import assert from "node:assert/strict";

const CASE_LIMIT_MS = 20_000;
let failures = 0;

/** Rejects when `promise` takes longer than a case may. */
export function within(promise, what, ms = CASE_LIMIT_MS) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${ms} ms`)), ms);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Resolves with the arguments of the next `event`. */
export function next(emitter, event, ms = 8_000) {
  return within(new Promise((resolve) => emitter.once(event, (...args) => resolve(args))), event, ms);
}

/** Collects every `event` from now on. */
export function collect(emitter, event) {
  const seen = [];
  emitter.on(event, (...args) => seen.push(args.length === 1 ? args[0] : args));
  return seen;
}

/** Asks again until `condition` returns something, and returns that. */
export async function eventually(what, condition, ms = 8_000) {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await condition();
    if (value !== null && value !== undefined && value !== false) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what}: not within ${ms} ms`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Runs one case and prints its line. */
export async function scenario(name, body) {
  const cleanups = [];
  try {
    await within(body((cleanup) => cleanups.push(cleanup)), "case", 60_000);
    console.log(`ok ${name}`);
  } catch (error) {
    failures++;
    const text = error instanceof assert.AssertionError ? error.message : (error.stack ?? String(error));
    console.log(`FAIL ${name}: ${text.replaceAll("\n", "\n    ")}`);
  } finally {
    cleanups.reverse().forEach((cleanup) => cleanup());
  }
}

/** Ends the process; its status tells whether every case passed. */
export function finish() {
  console.log(failures === 0 ? "all passed" : `${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}
