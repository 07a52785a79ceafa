import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const SERVER = new URL("../../../../apps/sync-server/", import.meta.url);
const MAIN = fileURLToPath(new URL("src/main.ts", SERVER));
const KEEP_COMPILED = new URL("test/keep-compiled.ts", SERVER).href;

/** The real sync server as a process of its own, on its embedded database in a temporary folder. */
export interface ServerProcess {
  readonly url: string;
  /** The first steward's invitation. */
  readonly invitation: string;
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  restart(): Promise<void>;
  /** Runs an administration command on its folder and gives the answer. */
  command(...args: readonly string[]): Promise<Record<string, unknown>>;
  dispose(): Promise<void>;
}

interface FirstLine {
  readonly url: string;
  readonly invitation?: string;
}

export async function startServer(): Promise<ServerProcess> {
  const dir = mkdtempSync(join(tmpdir(), "ecolocal-server-"));
  let running = await launch(dir, 0);
  const port = Number(new URL(running.line.url).port);
  const { invitation } = running.line;
  if (invitation === undefined) throw new TypeError("A new server prints the first steward's invitation.");
  const kill = async (): Promise<void> => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    invitation,
    kill,
    async restart() {
      await kill();
      running = await launch(dir, port);
    },
    async command(...args) {
      const all = ["--conditions=source", MAIN, ...args, "--data", join(dir, "data")];
      const { stdout } = await promisify(execFile)(process.execPath, all);
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    async dispose() {
      await kill();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function launch(dir: string, port: number): Promise<{ child: ChildProcess; line: FirstLine }> {
  const program = ["--conditions=source", "--import", KEEP_COMPILED, MAIN];
  const args = [...program, "--port", String(port), "--data", join(dir, "data")];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  const listening = new Promise<void>((resolve) => {
    child.stderr?.on("data", (text: Buffer) => {
      errors += text.toString();
      if (errors.includes('"listening"')) resolve();
    });
  });
  const ended = once(child, "exit").then(() => {
    throw new TypeError(`The server ended: ${errors}`);
  });
  const first = port === 0 ? readFirstLine(child) : listening.then(() => ({ url: `http://127.0.0.1:${port}` }));
  const line = await Promise.race([first, ended]);
  ended.catch(() => undefined);
  return { child, line };
}

async function readFirstLine(child: ChildProcess): Promise<FirstLine> {
  if (child.stdout === null) throw new TypeError("The server's output is needed.");
  for await (const line of createInterface(child.stdout)) return JSON.parse(line) as FirstLine;
  throw new TypeError("The server printed nothing.");
}
