import { spawn } from "node:child_process";

/**
 * Runs this Node with other arguments and keeps what it prints, which is worth showing only when it fails.
 *
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<{trouble: string | undefined, output: string}>}
 */
export function runCaptured(args, cwd) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ trouble: error.message, output }));
    child.on("close", (code, signal) =>
      resolve({ trouble: code === 0 ? undefined : (signal ?? `exit code ${code}`), output }),
    );
  });
}
