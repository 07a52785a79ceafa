import { resolve } from "node:path";

/**
 * The workspace folder named on the command line (`--workspace DIR` or `--workspace=DIR`), absolute, or null.
 *
 * A relative folder is meant from where the command was typed, which for a second instance is not our own folder.
 */
export function workspaceArgument(argv: readonly string[], workingDirectory: string): string | null {
  for (const [index, argument] of argv.entries()) {
    const value = argument === "--workspace" ? argv[index + 1] : /^--workspace=(.+)$/.exec(argument)?.[1];
    if (value !== undefined && !value.startsWith("--")) {
      return resolve(workingDirectory, value);
    }
  }
  return null;
}

/** Reads what a second instance sent along; anything but a folder or null is a stranger's message and means null. */
export function workspaceOfSecondInstance(data: unknown): string | null {
  const named = typeof data === "object" && data !== null && "workspace" in data ? data.workspace : null;
  return typeof named === "string" && named !== "" ? named : null;
}
