import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const NEVER = new Set(["node_modules", "dist", "dist-app", "out", "test", "e2e", "test-results", "coverage", ".turbo"]);
const NOT_BUILT = /\.(test|bench)\.tsx?$|\.tsbuildinfo$|^oclif\.manifest\.json$|\.md$/;

/**
 * Hashes the content of everything below the given files and folders, in a stable order.
 *
 * @param {string} root
 * @param {string[]} paths below the root; those that do not exist are left out
 */
export function fingerprint(root, paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => listFiles(root, path)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    if (NEVER.has(entry.name) || NOT_BUILT.test(entry.name)) return [];
    return entry.isDirectory() ? listFiles(root, `${path}/${entry.name}`) : [`${path}/${entry.name}`];
  });
}

/**
 * Names every file in the output folders of a workspace, sorted, so that a deleted one shows.
 *
 * @param {string} root
 * @param {string} dir
 * @param {string[]} outputs
 * @returns {string[]}
 */
export function listOutputs(root, dir, outputs) {
  return outputs
    .flatMap((output) => {
      const full = join(root, dir, output);
      if (!existsSync(full)) return [];
      if (statSync(full).isFile()) return [`${dir}/${output}`];
      return readdirSync(full, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    })
    .sort();
}
