import { stat } from "node:fs/promises";

const LOOK_EVERY_MS = 500;

/**
 * Tells once when the device behind a path is gone or another one has taken its place; the returned function ends it.
 * Never tells on Windows, where ports are no files.
 *
 * A serial port whose device was pulled out may read as empty instead of failing. `serialport` 13 then reads again at
 * once, for ever: a busy processor, growing memory, and no word of it. Source: run on Linux; `unixRead` of
 * `@serialport/bindings-cpp` 13.
 */
export async function watchDevice(path: string, gone: () => void): Promise<() => void> {
  const first = await identify(path);
  if (first === null) return () => undefined;
  const timer = setInterval(async () => {
    if ((await identify(path)) === first) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function identify(path: string): Promise<string | null> {
  if (process.platform === "win32") return null;
  return stat(path).then(
    ({ dev, ino, rdev }) => `${dev}/${ino}/${rdev}`,
    () => null,
  );
}
