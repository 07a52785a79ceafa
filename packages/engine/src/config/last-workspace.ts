import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Directories, demoWorkspacePath, resolveDirectories } from "./directories.ts";

const DATABASE = "workspace.db";

const notePath = (directories: Directories): string => join(directories.state, "last-workspace.json");

/** Remembers the workspace to open next time; a directory that cannot be written is no reason to stop. */
export function rememberWorkspace(dir: string, directories: Directories = resolveDirectories()): void {
  const path = notePath(directories);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.tmp`, `${JSON.stringify({ path: resolve(dir) })}\n`);
    renameSync(`${path}.tmp`, path);
  } catch {
    // Only a convenience is lost.
  }
}

/** The workspace opened last that still exists; undefined when there is none. */
export function lastWorkspace(directories: Directories = resolveDirectories()): string | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(notePath(directories), "utf8"));
    const path = typeof note === "object" && note !== null && "path" in note ? note.path : undefined;
    return typeof path === "string" && existsSync(join(path, DATABASE)) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** What to open when nobody named a workspace: the last one of one's own, or the demo. */
export function workspaceToOpen(directories: Directories = resolveDirectories()): {
  readonly dir: string;
  readonly kind: "own" | "demo";
} {
  const demo = demoWorkspacePath(directories);
  const last = lastWorkspace(directories);
  return last !== undefined && last !== demo ? { dir: last, kind: "own" } : { dir: demo, kind: "demo" };
}
