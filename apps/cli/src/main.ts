import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "@oclif/core/run";
import { endOnClosedPipe, writeNote } from "./output/stdout.ts";

/** How long something that was left open may keep a finished command alive. */
const LINGER_MS = 3000;

/**
 * Runs one command line to its end and leaves its exit code in `process.exitCode`.
 *
 * `fromSources` finds commands among the TypeScript sources, for development without a build.
 */
export async function runCli(argv: string[], options: { fromSources?: boolean } = {}): Promise<void> {
  endOnClosedPipe();
  // The bundle is minified: stack traces are worth reading only through its source maps.
  if (argv.includes("--debug") || argv.includes("-d")) process.setSourceMapsEnabled(true);
  const root = fileURLToPath(new URL("..", import.meta.url));
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  if (options.fromSources === true) {
    manifest.oclif = JSON.parse(JSON.stringify(manifest.oclif).replaceAll("./out/", "./src/"));
  }
  try {
    await run(argv, { root, pjson: manifest, ignoreManifest: options.fromSources === true });
  } catch (error) {
    endWith(error);
  }
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** Commands print their own failures; what arrives here is an early exit or a fault of oclif. */
function endWith(error: unknown): void {
  const exit = error instanceof Error && "oclif" in error ? (error.oclif as { exit?: number }).exit : undefined;
  const quiet = error instanceof Error && "code" in error && error.code === "EEXIT";
  if (!quiet) writeNote(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exit ?? 1;
}
