import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, lstat, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";

/** Two pseudo-terminals joined by socat: what is sent can be read from `device` like from a serial port. */
export interface PtyPair {
  /** Path to open as a serial port. */
  readonly device: string;
  /** Path of the other end. */
  readonly far: string;
  send(bytes: Uint8Array | string): Promise<void>;
  /** Ends socat, which is what pulling the plug looks like to a reader. */
  unplug(): Promise<void>;
  /** Makes the same paths again. */
  plugIn(): Promise<Result<void, PtyFailure>>;
  /** Unplugs and removes the folder. */
  remove(): Promise<void>;
}

export type PtyFailure = Failure<"SENSING_PTY_UNAVAILABLE">;

/** A terminal must neither be created as a file nor become the controlling terminal of a service. */
const WITHOUT_CONTROL = constants.O_WRONLY | constants.O_NOCTTY;
const READY_LIMIT_MS = 10_000;
const POLL_MS = 10;

/** Makes a pair in a folder of its own; needs socat (Linux, macOS). */
export async function createPtyPair(): Promise<Result<PtyPair, PtyFailure>> {
  const folder = await mkdtemp(join(tmpdir(), "ecolocal-pty-"));
  const pair = new SocatPair(folder);
  const plugged = await pair.plugIn();
  if (plugged.ok) return ok(pair);
  await pair.remove();
  return plugged;
}

class SocatPair implements PtyPair {
  readonly device: string;
  readonly far: string;
  readonly #folder: string;
  #socat: ChildProcess | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.device = join(folder, "device");
    this.far = join(folder, "far");
  }

  async send(bytes: Uint8Array | string): Promise<void> {
    const file = await open(this.far, WITHOUT_CONTROL);
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
  }

  async unplug(): Promise<void> {
    const socat = this.#socat;
    this.#socat = null;
    if (socat?.pid === undefined || socat.exitCode !== null || socat.signalCode !== null) return;
    const ended = once(socat, "exit");
    socat.kill("SIGTERM");
    await ended;
  }

  async plugIn(): Promise<Result<void, PtyFailure>> {
    // A killed socat leaves its links behind, which would look like the new ones.
    await Promise.all([this.device, this.far].map((path) => rm(path, { force: true })));
    const ends = [this.device, this.far].map((path) => `pty,raw,echo=0,link=${path}`);
    const socat = spawn("socat", ends, { stdio: "ignore" });
    this.#socat = socat;
    let problem: string | null = null;
    socat.once("error", (error) => {
      problem = error.message;
    });
    for (let waitedMs = 0; waitedMs < READY_LIMIT_MS && problem === null; waitedMs += POLL_MS) {
      if ((await exists(this.device)) && (await exists(this.far))) return ok(undefined);
      await pause(POLL_MS);
    }
    return err(unavailable(problem ?? "socat made no terminals"));
  }

  async remove(): Promise<void> {
    await this.unplug();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function unavailable(detail: string): PtyFailure {
  return {
    code: "SENSING_PTY_UNAVAILABLE",
    op: "make pseudo-terminals",
    subject: "socat",
    detail: `No pseudo-terminals could be made: ${detail}.`,
    hint: "Install socat (`sudo apt install socat`), or simulate into a file.",
    retry: "after-change",
  };
}
