import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { lstat, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Two pseudo-terminals joined by socat: what is written to `far` can be read from `device`. */
export interface PtyPair {
  readonly device: string;
  readonly far: string;
  /** Kills socat, which is what pulling the plug looks like. */
  unplug(): Promise<void>;
  /** Starts socat again on the same names. */
  plugIn(): Promise<void>;
  send(bytes: Uint8Array | string): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a pair in a folder of its own. Needs socat. */
export async function createPtyPair(): Promise<PtyPair> {
  const folder = await mkdtemp(join(tmpdir(), "ecolocal-pty-"));
  const device = join(folder, "device");
  const far = join(folder, "far");
  let socat: ChildProcess | null = null;
  const unplug = async (): Promise<void> => {
    if (socat === null) return;
    const ended = once(socat, "exit");
    socat.kill("SIGTERM");
    await ended;
    socat = null;
  };
  const plugIn = async (): Promise<void> => {
    socat = spawn("socat", [`pty,raw,echo=0,link=${device}`, `pty,raw,echo=0,link=${far}`], { stdio: "ignore" });
    await until(async () => (await exists(device)) && (await exists(far)), "socat made both terminals");
  };
  await plugIn();
  return {
    device,
    far,
    unplug,
    plugIn,
    send: (bytes) => writeFile(far, bytes),
    async remove() {
      await unplug();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

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

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
