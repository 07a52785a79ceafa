import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const CLI = join(import.meta.dirname, "..", "..", "apps", "cli", "bin", "run.js");

/** A served app: `ecolocal open` on a workspace of its own. */
export interface ServedApp {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The Chromium that is installed; throws with the way to get one. */
export async function launchChromium(): Promise<Browser> {
  const path = process.env["ECOLOCAL_CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(path)) throw new TypeError("Chromium is not installed: apt-get install chromium.");
  return await chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
}

/** Runs the CLI to its end. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new TypeError(`ecolocal ${args.join(" ")} ended with ${String(code)}`);
}

/** Starts `ecolocal open` and resolves when it has printed its address. */
export function serveApp(args: readonly string[], env: NodeJS.ProcessEnv): Promise<ServedApp> {
  const child = spawn(process.execPath, [CLI, "open", "--no-open", ...args], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (text: Buffer) => {
      printed += text.toString();
      const url = /http:\/\/\S+#token=[\w-]+/.exec(printed)?.[0];
      if (url === undefined) return;
      resolve({
        url,
        pid: child.pid ?? 0,
        async stop() {
          const gone = new Promise((ended) => child.once("exit", ended));
          child.kill("SIGTERM");
          await gone;
        },
      });
    });
    child.once("exit", (code) => reject(new TypeError(`ecolocal open ended with ${String(code)}: ${printed}`)));
  });
}
