import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { SetupError, tell } from "./install.mjs";
import { howToGetNode, nodeMajor } from "./node-check.mjs";
import { pinnedNodeVersion, REPO_ROOT, rootManifest } from "./repo.mjs";

/**
 * Where the pinned Node of this machine kind lies once packages are installed.
 *
 * @param {string} root
 * @param {{platform?: string, arch?: string}} [machine]
 */
export function pinnedNodePath(root, machine = {}) {
  const { platform = process.platform, arch = process.arch } = machine;
  const [os, binary] = platform === "win32" ? ["win", "node.exe"] : [platform, "node"];
  return join(root, "node_modules", `node-${os}-${arch}`, "bin", binary);
}

/**
 * The Node that everything after set-up runs under: the pinned one, or the running one where no build of the
 * pinned one exists (macOS) and the running one is of that major or newer.
 *
 * @param {string} [root]
 * @returns {string} an absolute path
 */
export function findRuntime(root = REPO_ROOT) {
  const wanted = pinnedNodeVersion(rootManifest(root));
  if (process.versions.node === wanted) return process.execPath;
  const pinned = pinnedNodePath(root);
  const trouble = whyUnusable(pinned, wanted);
  if (trouble === undefined) return pinned;
  if (nodeMajor(process.versions.node) >= nodeMajor(wanted)) {
    tell(`${trouble} Using this machine's Node ${process.versions.node}.`);
    return process.execPath;
  }
  const major = String(nodeMajor(wanted));
  throw new SetupError(
    [`${trouble} EcoLocal needs Node ${major} here:`, ...howToGetNode(process.platform, major)].join("\n"),
  );
}

/**
 * @param {string} path
 * @param {string} wanted
 * @returns {string | undefined}
 */
function whyUnusable(path, wanted) {
  if (!existsSync(path)) return `There is no packaged Node ${wanted} for ${process.platform} ${process.arch}.`;
  const probe = spawnSync(path, ["--version"], { encoding: "utf8" });
  if (probe.status === 0 && probe.stdout.trim() === `v${wanted}`) return undefined;
  const cause = probe.error?.message ?? probe.stderr.trim().split("\n")[0];
  return `The packaged Node ${wanted} does not run on this machine (${cause || "unknown cause"}).`;
}

/**
 * The environment in which `node`, `npx` and every shebang find that same Node first.
 *
 * @param {string} runtime
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function runtimeEnv(runtime, env = process.env) {
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const proxied = Object.keys(env).some((key) => /^https?_proxy$/i.test(key));
  return {
    ...env,
    // Node's own fetch looks at proxy variables only on request.
    ...(proxied ? { NODE_USE_ENV_PROXY: "1" } : {}),
    [pathKey]: [dirname(runtime), env[pathKey]].filter(Boolean).join(delimiter),
    npm_node_execpath: runtime,
    TURBO_TELEMETRY_DISABLED: "1",
  };
}
