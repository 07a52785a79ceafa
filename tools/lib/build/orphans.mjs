import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * Removes compiled files whose source is gone: oclif would otherwise keep offering a deleted command.
 *
 * @param {string} root
 * @param {string[]} dirs workspaces that tsc compiles from src to dist
 * @returns {string[]} what was removed, below the root
 */
export function removeOrphans(root, dirs) {
  return dirs.flatMap((dir) => {
    const dist = join(root, dir, "dist");
    if (!existsSync(dist)) return [];
    return readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".d.ts"))
      .map((entry) => join(entry.parentPath, entry.name).slice(0, -".d.ts".length))
      .filter((stem) => !hasSource(join(root, dir, "src", relative(dist, stem))))
      .map((stem) => {
        for (const suffix of [".js", ".js.map", ".d.ts", ".d.ts.map"]) rmSync(stem + suffix, { force: true });
        return relative(root, stem);
      });
  });
}

/** @param {string} stem */
function hasSource(stem) {
  return existsSync(`${stem}.ts`) || existsSync(`${stem}.tsx`);
}
