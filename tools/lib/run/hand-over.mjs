import { spawn } from "node:child_process";

const FORWARDED = /** @type {const} */ (["SIGTERM", "SIGHUP", "SIGINT"]);

/**
 * Runs a command on this process's own terminal and ends with its exit code or signal.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{code: number | null, signal: NodeJS.Signals | null}>}
 */
export function runAttached(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // On a terminal Ctrl-C reaches the whole process group; a second copy would look like an impatient user.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const done = () => {
      for (const signal of FORWARDED) process.off(signal, forward);
    };
    child.on("error", (error) => {
      done();
      reject(error);
    });
    child.on("exit", (code, signal) => {
      done();
      resolve({ code, signal });
    });
  });
}

/** Ends this process the way the child ended. @param {{code: number | null, signal: NodeJS.Signals | null}} end */
export function endLike(end) {
  if (end.signal !== null) process.kill(process.pid, end.signal);
  process.exitCode = end.code ?? 1;
}
