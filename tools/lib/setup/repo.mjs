import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json and package-lock.json of the whole workspace. */
export const REPO_ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/**
 * @param {string} path
 * @returns {any}
 */
export function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** @param {string} [root] */
export function rootManifest(root = REPO_ROOT) {
  return readJson(join(root, "package.json"));
}

/**
 * The one exact version of the Node packages among the optional dependencies.
 *
 * @param {{optionalDependencies?: Record<string, string>}} manifest
 * @returns {string}
 */
export function pinnedNodeVersion(manifest) {
  const versions = new Set(
    Object.entries(manifest.optionalDependencies ?? {})
      .filter(([name]) => /^node-(linux|darwin|win)-/.test(name))
      .map(([, version]) => version),
  );
  const [version] = versions;
  if (versions.size !== 1 || version === undefined) {
    throw new Error("package.json must pin all node-<platform>-<arch> optional dependencies to one exact version.");
  }
  return version;
}
