import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const MAIN = join(import.meta.dirname, "../../../sync-server/src/main.ts");

/** A real sync server on this machine, with a data folder that outlives it. */
export interface RunningSyncServer {
  readonly dataDir: string;
  readonly port: number;
  /** Link with which the first steward joins; empty after the first start. */
  readonly invitation: string;
  /** As when its machine fails. */
  kill(): Promise<void>;
}

/** Starts a server; port 0 takes any free one and needs a fresh data folder. */
export async function startSyncServer(dataDir: string, port = 0): Promise<RunningSyncServer> {
  const args = ["--conditions=source", MAIN, "--port", String(port), "--data", dataDir];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const isGone = once(child, "exit");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await isGone;
  };
  if (port !== 0) {
    await untilListening(child);
    return { dataDir, port, invitation: "", kill };
  }
  const first = JSON.parse(await firstLine(child)) as { invitation: string; url: string };
  child.stderr?.resume();
  return { dataDir, port: Number(new URL(first.url).port), invitation: first.invitation, kill };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout) for await (const line of createInterface(child.stdout)) return line;
  throw new Error("The sync server ended before it printed its first line.");
}

async function untilListening(child: ChildProcess): Promise<void> {
  if (child.stderr) for await (const line of createInterface(child.stderr)) if (line.includes('"listening"')) return;
  throw new Error("The sync server ended before it listened.");
}
