import { execFileSync } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";

const DESKTOP = join(import.meta.dirname, "../..");
const ROOT = join(DESKTOP, "../..");
const UI = join(ROOT, "packages/ui");

/** Builds what the tests run: main, preload and engine process always, the page when a source is newer than it. */
export function setup(): void {
  run(DESKTOP, ["electron-vite", "build", "--logLevel", "warn"]);
  if (isPageStale()) {
    run(UI, ["vite", "build", "--logLevel", "warn"]);
  }
}

function run(folder: string, [tool, ...args]: readonly [string, ...string[]]): void {
  execFileSync(process.execPath, [join(ROOT, "node_modules/.bin", tool), ...args], { cwd: folder, stdio: "inherit" });
}

function isPageStale(): boolean {
  const page = join(UI, "dist-app/index.html");
  if (!existsSync(page)) {
    return true;
  }
  const builtAt = statSync(page).mtimeMs;
  const sources = ["packages/{ui,messages,core}/src/**/*", "packages/ui/{index.html,vite.config.ts}"];
  return sources
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .some((file) => statSync(join(ROOT, file)).mtimeMs > builtAt);
}
