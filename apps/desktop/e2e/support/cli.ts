import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TemporaryHome } from "./temporary-home.ts";

const CLI = join(import.meta.dirname, "../../../cli/bin/dev.js");
const BIRTH_PATIENCE_MS = 60_000;

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one `ecolocal` command to its end, as a person would in another terminal. */
export async function runCli(home: TemporaryHome, ...args: string[]): Promise<CliRun> {
  const child = start(home, args);
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: Buffer) => {
    stdout += text;
  });
  child.stderr?.on("data", (text: Buffer) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

/** Like `runCli`, for a command that has to succeed: its `--json` document. */
export async function askCli<Document>(home: TemporaryHome, ...args: string[]): Promise<Document> {
  const run = await runCli(home, ...args, "--json");
  if (run.code !== 0) {
    throw new Error(`ecolocal ${args.join(" ")} ended with ${run.code}:\n${run.stderr}${run.stdout}`);
  }
  return JSON.parse(run.stdout) as Document;
}

/** Adds a simulated SDS011 in another terminal. */
export async function addSimulatedSensor(home: TemporaryHome, dir: string, name: string): Promise<void> {
  await askCli(home, "sensor", "add", "--workspace", dir, "--port", "sim:sds011", "--driver", "sds011", "--name", name);
}

/** A running `ecolocal open`. */
export interface ServedWorkspace {
  /** The printed address, with its token. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ctrl-C, and its exit code. */
  stop(): Promise<number | null>;
  /** As when the process is killed or the power fails. */
  kill(): Promise<void>;
}

/** Serves the app for the browser, with the workspace that is named, or as a person starts it. */
export async function openWorkspace(home: TemporaryHome, dir: string | null, port = 0): Promise<ServedWorkspace> {
  const named = dir === null ? [] : ["--workspace", dir];
  const args = ["open", ...named, "--no-open", "--port", String(port), "--json"];
  const child = start(home, args);
  let stderr = "";
  child.stderr?.on("data", (text: Buffer) => {
    stderr += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const document = await firstDocument(child, exited, () => stderr);
  let isWanted = true;
  void exited.then((code) => {
    if (isWanted) {
      process.stderr.write(`ecolocal open ended by itself with ${code}:\n${stderr}\n`);
    }
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    isWanted = false;
    child.kill(signal);
    return exited;
  };
  return {
    url: document.url,
    port: document.port,
    pid: child.pid ?? 0,
    stop: () => end("SIGINT"),
    kill: async () => void (await end("SIGKILL")),
  };
}

function start(home: TemporaryHome, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--conditions=source", CLI, ...args], {
    cwd: home.folder,
    env: { ...process.env, ...home.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The document may be printed over several lines; it is complete when it parses. */
async function firstDocument(
  child: ChildProcess,
  exited: Promise<number | null>,
  stderr: () => string,
): Promise<{ url: string; port: number }> {
  const early = exited.then((code) => {
    throw new Error(`ecolocal open ended with ${code} before it printed its address:\n${stderr()}`);
  });
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`ecolocal open printed no address:\n${stderr()}`)), BIRTH_PATIENCE_MS).unref();
  });
  return Promise.race([readDocument(child), early, late]);
}

async function readDocument(child: ChildProcess): Promise<{ url: string; port: number }> {
  let text = "";
  if (child.stdout) {
    for await (const line of createInterface(child.stdout)) {
      text += line;
      try {
        return JSON.parse(text) as { url: string; port: number };
      } catch {
        // More lines to come.
      }
    }
  }
  // The end of the process is reported by whoever waits for it.
  return new Promise(() => undefined);
}
