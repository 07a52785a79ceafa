import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { demoWorkspacePath, lastWorkspace, resolveDirectories } from "@ecolocal/engine/config";
import { CliFailure } from "../failure/cli-failure.ts";

const DATABASE = "workspace.db";

/**
 * Which workspace a command is about: `--workspace`, then `ECOLOCAL_WORKSPACE`, then the folder one stands in or one
 * above it, then the workspace used last, then the demo if it has been made.
 */
export function locateWorkspace(flag: string | undefined, variable: string | undefined): string {
  const named = flag ?? variable;
  if (named !== undefined) return resolve(named);
  const found = workspaceAround(process.cwd()) ?? lastWorkspace() ?? demo();
  if (found !== undefined) return found;
  throw new CliFailure({
    code: "WORKSPACE_NOT_FOUND",
    op: "find workspace",
    subject: process.cwd(),
    detail: "No workspace was named, none is in this folder or above it, and none was used before.",
    hint: "Make one with `ecolocal init`, look at the demo with `ecolocal demo`, or name one with --workspace DIR.",
    retry: "after-change",
  });
}

function demo(): string | undefined {
  const dir = demoWorkspacePath(resolveDirectories());
  return existsSync(join(dir, DATABASE)) ? dir : undefined;
}

/** The workspace a folder is, or is in. */
export function workspaceAround(start: string): string | undefined {
  for (let dir = start; ; dir = dirname(dir)) {
    if (existsSync(join(dir, DATABASE))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}
