import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { readJson } from "../setup/repo.mjs";

const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * Whether a window makes sense here: there is a display, and the user is not root (Chromium's sandbox refuses root).
 *
 * @param {{platform: string, env: NodeJS.ProcessEnv, uid: number | undefined}} machine
 * @returns {string | undefined} why not
 */
export function whyNoWindow({ platform, env, uid }) {
  if (uid === 0) return "the window does not run as root";
  if (platform === "linux" && !env["DISPLAY"] && !env["WAYLAND_DISPLAY"]) return "there is no display";
  if (platform === "darwin" && env["SSH_CONNECTION"]) return "there is no display";
  return undefined;
}

/**
 * The Electron package and where its executable is or will be.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export function locateElectron(root, env) {
  const packageDir = join(root, "node_modules", "electron");
  if (!existsSync(join(packageDir, "package.json"))) return undefined;
  const { version } = readJson(join(packageDir, "package.json"));
  const name = new Map([
    ["win32", "electron.exe"],
    ["darwin", "Electron.app/Contents/MacOS/Electron"],
  ]).get(process.platform);
  const distDir = env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(packageDir, "dist");
  const executable = env["ELECTRON_EXEC_PATH"] ?? join(distDir, name ?? "electron");
  return { packageDir, version: String(version), executable, present: existsSync(executable) };
}

/** @param {NodeJS.ProcessEnv} env */
function failureNote(env) {
  const cache =
    env["ECOLOCAL_CACHE_DIR"] ??
    join(env["XDG_CACHE_HOME"] || env["LOCALAPPDATA"] || join(homedir(), ".cache"), "ecolocal");
  return join(cache, "electron-fetch-failed.json");
}

/**
 * A fetch of this version that failed within the last week, in words.
 *
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 * @param {number} now
 */
export function rememberedFailure(version, env, now) {
  try {
    const note = JSON.parse(readFileSync(failureNote(env), "utf8"));
    if (note.version !== version || !(now - note.at < WEEK_MS) || note.at > now) return undefined;
    return `fetching Electron ${version} failed on ${new Date(note.at).toISOString().slice(0, 10)} (${note.reason})`;
  } catch {
    return undefined;
  }
}

/** @param {string} version @param {string} reason @param {NodeJS.ProcessEnv} env @param {number} now */
export function rememberFailure(version, reason, env, now) {
  const path = failureNote(env);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ version, reason, at: now }));
}

/**
 * Fetches the Electron runtime into its package, checked against the checksums that came with the package.
 *
 * @param {{packageDir: string, version: string}} electron
 * @param {{env: NodeJS.ProcessEnv, download: (url: string, target: string) => Promise<void>}} options
 * @returns {Promise<void>}
 */
export async function fetchElectron(electron, { env, download }) {
  const require = createRequire(join(electron.packageDir, "package.json"));
  const { downloadArtifact } = await import(require.resolve("@electron/get"));
  const { extract } = await import(require.resolve("@electron-internal/extract-zip"));
  const zip = await downloadArtifact({
    version: electron.version,
    artifactName: "electron",
    platform: process.platform,
    arch: process.arch,
    checksums: readJson(join(electron.packageDir, "checksums.json")),
    cacheRoot: env["electron_config_cache"],
    downloader: { download },
  });
  // Unpacked beside its place first: a killed start must not leave half a runtime that looks whole.
  const draft = join(electron.packageDir, "dist.partial");
  rmSync(draft, { recursive: true, force: true });
  await extract(zip, { dir: draft });
  rmSync(join(electron.packageDir, "dist"), { recursive: true, force: true });
  renameSync(draft, join(electron.packageDir, "dist"));
}
