import { setTimeout as pause } from "node:timers/promises";

/** Waits until something is true, generously; fails with what was being waited for. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 20_000,
): Promise<void> {
  for (let waitedMs = 0; !(await condition()); waitedMs += 10) {
    if (waitedMs > limitMs) throw new TypeError(`Waited in vain until ${what}.`);
    await pause(10);
  }
}
