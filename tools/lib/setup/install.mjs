import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { acquireLock } from "./lock.mjs";
import { nodeMajor } from "./node-check.mjs";
import { pinnedNodeVersion, REPO_ROOT, rootManifest } from "./repo.mjs";

const STAMP = join("node_modules", ".ecolocal-installed");

/**
 * What an installation depends on: the lockfile, the machine kind, and the Node major its native parts run under.
 *
 * @param {string} root
 * @param {{platform?: string, arch?: string}} [machine]
 */
export function installKey(root, machine = {}) {
  const { platform = process.platform, arch = process.arch } = machine;
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`\n${platform} ${arch} node${nodeMajor(pinnedNodeVersion(rootManifest(root)))}`)
    .digest("hex");
}

/** @param {string} root */
export function isInstalled(root) {
  try {
    return readFileSync(join(root, STAMP), "utf8").trim() === installKey(root);
  } catch {
    return false;
  }
}

/** Records that node_modules matches the lockfile. @param {string} root */
export function markInstalled(root) {
  writeFileSync(join(root, STAMP), `${installKey(root)}\n`);
}

/**
 * Installs from the lockfile when node_modules does not match it; two starts at once install once.
 *
 * @param {string} [root]
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function ensureInstalled(root = REPO_ROOT) {
  if (isInstalled(root)) return false;
  const lock = await acquireLock(join(root, ".setup", "install.lock"), {
    onWait: (holder) => tell(`Another start (process ${holder.pid}) is installing; waiting for it.`),
  });
  try {
    if (isInstalled(root)) return false;
    const first = !existsSync(join(root, "node_modules"));
    tell(`${first ? "First start" : "Packages do not match the lockfile"}: installing packages, about a minute.`);
    await npmCi(root, lock.coverChild);
    markInstalled(root);
    tell("Packages are installed.");
    return true;
  } finally {
    lock.release();
  }
}

/** @param {string} text */
export function tell(text) {
  process.stderr.write(`[ecolocal] ${text}\n`);
}

/**
 * The npm that belongs to the running Node, as a command and its first arguments.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{command: string, args: string[], shell: boolean}}
 */
export function npmCommand(env) {
  const cli = env["npm_execpath"];
  if (cli !== undefined && basename(cli).startsWith("npm-cli") && existsSync(cli)) {
    return { command: process.execPath, args: [cli], shell: false };
  }
  return { command: "npm", args: [], shell: process.platform === "win32" };
}

/**
 * Scripts stay off: npm 10 would compile better-sqlite3, which loads from its prebuilds without any script.
 *
 * @param {string} root
 * @param {(pid: number) => void} onSpawn
 * @returns {Promise<void>}
 */
function npmCi(root, onSpawn) {
  const npm = npmCommand(process.env);
  const flags = [
    "ci",
    "--ignore-scripts",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  return new Promise((resolve, reject) => {
    // stdout belongs to whatever runs after the set-up, so npm's own lines go to stderr.
    const child = spawn(npm.command, [...npm.args, ...flags], {
      cwd: root,
      stdio: ["ignore", 2, 2],
      shell: npm.shell,
      env: { ...process.env, NODE_ENV: "development" },
    });
    if (child.pid !== undefined) onSpawn(child.pid);
    child.on("error", (cause) => reject(new SetupError(`npm could not be started: ${cause.message}`)));
    child.on("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new SetupError(`npm ci ended with ${signal ?? `exit code ${code}`}; its messages are above.`));
    });
  });
}

/** A set-up that did not come to its end, with a sentence for the person who started it. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}
