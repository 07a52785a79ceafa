import { type ChildProcess, spawn } from "node:child_process";

/** Keeps the computer from going to sleep until it is released. */
export interface KeepAwake {
  /** How it is done, for people; `null` where this computer offers no way. */
  readonly by: string | null;
  release(): void;
}

export interface Blocker {
  readonly command: string;
  readonly args: readonly string[];
}

const WHY = "EcoLocal reads sensors";

/**
 * The program that blocks sleep on a platform while it runs; it ends by itself when this process does.
 *
 * Source: systemd-inhibit(1); caffeinate(8). Windows has a call, but no program for it.
 */
export function sleepBlocker(platform: NodeJS.Platform, pid: number): Blocker | null {
  if (platform === "darwin") return { command: "caffeinate", args: ["-i", "-s", "-w", String(pid)] };
  if (platform !== "linux") return null;
  const watch = ["tail", `--pid=${pid}`, "-f", "/dev/null"];
  return {
    command: "systemd-inhibit",
    args: ["--what=sleep:idle", "--who=EcoLocal", `--why=${WHY}`, "--mode=block", ...watch],
  };
}

/** Blocks sleep as long as this process measures; says so when it cannot. */
export async function keepAwake(
  blocker: Blocker | null = sleepBlocker(process.platform, process.pid),
): Promise<KeepAwake> {
  if (blocker === null) return { by: null, release: () => undefined };
  const child = spawn(blocker.command, blocker.args, { stdio: "ignore" });
  const runs = await isRunning(child);
  return {
    by: runs ? blocker.command : null,
    release: () => {
      if (child.exitCode === null) child.kill("SIGTERM");
    },
  };
}

const SETTLE_MS = 300;

/** A blocker that is refused ends at once. */
function isRunning(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), SETTLE_MS);
    const fail = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    child.once("error", fail);
    child.once("exit", fail);
  });
}
