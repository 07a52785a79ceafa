import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** Two ends of a serial cable that exist only in software: the app opens `device`, the test writes as the sensor. */
export interface SerialPair {
  readonly device: string;
  write(bytes: Uint8Array): Promise<void>;
  /** The device vanishes, as when a USB plug is pulled. */
  unplug(): Promise<void>;
}

const PATIENCE_MS = 10_000;

/** Makes a pair of pseudo-terminals with socat; `device` names the app's end. */
export async function plugIn(device: string): Promise<SerialPair> {
  const far = `${device}-far`;
  const cable = spawn("socat", [`pty,raw,echo=0,link=${device}`, `pty,raw,echo=0,link=${far}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const failed = new Promise<never>((_resolve, reject) => {
    cable.once("error", (error) => reject(new Error("socat cannot be started; install it.", { cause: error })));
  });
  await Promise.race([failed, appeared([device, far])]);
  const sensor = await open(far, "w");
  return {
    device,
    write: async (bytes) => void (await sensor.write(bytes)),
    unplug: () => pull(cable, sensor),
  };
}

async function appeared(files: readonly string[]): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!files.every((file) => existsSync(file))) {
    if (performance.now() > giveUpAt) {
      throw new Error(`socat made no ${files.join(" and ")}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function pull(cable: ChildProcess, sensor: FileHandle): Promise<void> {
  const ended = new Promise((resolve) => cable.once("exit", resolve));
  // SIGTERM lets socat remove its links; SIGKILL would leave them dangling.
  cable.kill("SIGTERM");
  await ended;
  await sensor.close().catch(() => undefined);
}
