import { setTimeout as wait } from "node:timers/promises";

const TELL_EVERY_MS = 200;

/**
 * Runs some work and yields what it says about its progress, the latest only and at most five times a second; returns
 * what the work came to.
 */
export async function* tellProgress<P, T>(work: (tell: (progress: P) => void) => Promise<T>): AsyncGenerator<P, T> {
  let latest: P | undefined;
  const working = work((progress) => {
    latest = progress;
  });
  const settled = working.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([settled, wait(TELL_EVERY_MS, false, { ref: false })]))) {
    if (latest === undefined) continue;
    const progress = latest;
    latest = undefined;
    yield progress;
  }
  return await working;
}
