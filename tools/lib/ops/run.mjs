import { spawn } from "node:child_process";
import { join } from "node:path";
import { REPO_ROOT } from "../setup/repo.mjs";

export const DEPLOY = join(REPO_ROOT, "deploy");

/**
 * Runs a command to its end and returns what it wrote; rejects with the end of its output when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, input?: string}} [options]
 * @returns {Promise<string>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? REPO_ROOT,
      env: options.env ?? process.env,
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let out = "";
    let all = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? 120_000);
    child.stdout?.on("data", (/** @type {Buffer} */ piece) => {
      out += piece.toString();
      all += piece.toString();
    });
    child.stderr?.on("data", (/** @type {Buffer} */ piece) => {
      all += piece.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(out);
      else reject(new TypeError(`${command} ${args[0] ?? ""} ended with ${signal ?? code}\n${all.slice(-3000)}`));
    });
    child.stdin?.end(options.input ?? "");
  });
}

/**
 * Runs a script under this Node with the sources of the workspace.
 *
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNode(args, options) {
  return run(process.execPath, ["--conditions=source", ...args], options);
}

/**
 * @param {unknown} condition
 * @param {string} sentence what is wrong otherwise
 * @returns {asserts condition}
 */
export function must(condition, sentence) {
  if (!condition) throw new TypeError(sentence);
}
