import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Continues under the Node 24 that a checkout brings along, or says how to get one. */
export function runUnderPinnedNode(script, args, major) {
  const node = findPinnedNode();
  if (node === undefined) {
    process.stderr.write(
      `ecolocal needs Node ${major}; this is Node ${process.versions.node}.\n` +
        `In a checkout \`npm run build\` brings it along; otherwise see https://nodejs.org/en/download\n`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [script, ...args], { stdio: "inherit" });
  // Ctrl-C reaches the child from the terminal; this process only waits for how it ends.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => {
    if (signal !== null) process.kill(process.pid, signal);
    process.exitCode = code ?? 1;
  });
}

function findPinnedNode() {
  const os = process.platform === "win32" ? "win" : process.platform;
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${os}-${process.arch}/package.json`);
    return join(dirname(manifest), "bin", process.platform === "win32" ? "node.exe" : "node");
  } catch {
    return undefined;
  }
}
