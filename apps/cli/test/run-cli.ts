import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const CLI = fileURLToPath(new URL("../bin/run.js", import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** Starts the built CLI as a child process; it ends with the test. */
export function startCli(args: readonly string[], options: RunOptions = {}): ChildProcess {
  const child = spawnCli(args, options);
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Runs the built CLI to its end, inside a test or around it. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawnCli(args, options);
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.input ?? "");
  return collect(child);
}

/** A command that hangs is ended, so that its test fails instead of waiting. */
const HANGS_AFTER_MS = 100_000;

function spawnCli(args: readonly string[], options: RunOptions): ChildProcess {
  return spawn(process.execPath, [CLI, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...plainEnvironment(), ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: HANGS_AFTER_MS,
    killSignal: "SIGKILL",
  });
}

export function collect(child: ChildProcess): Promise<Run> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) =>
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** The environment of a terminal without wishes: vitest's own colours and modes do not leak in. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV, FORCE_COLOR, NO_COLOR, VITEST, NODE_OPTIONS, ...rest } = process.env;
  return { ...rest, LC_ALL: "C.UTF-8" };
}

/** Parses newline-delimited JSON; every line must be a value. */
export function parseLines(text: string): unknown[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "ecolocal-cli-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  return dir;
}
