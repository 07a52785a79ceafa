import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fingerprint } from "../lib/build/fingerprint.mjs";
import { removeOrphans } from "../lib/build/orphans.mjs";
import { buildSteps } from "../lib/build/steps.mjs";
import { listWorkspaces, withDependencies } from "../lib/build/workspaces.mjs";
import { temporaryFolder } from "./temporary.ts";

const workspace = (name: string, needs: string[] = [], build = false) =>
  JSON.stringify({
    name: `@ecolocal/${name}`,
    dependencies: Object.fromEntries(needs.map((need) => [`@ecolocal/${need}`, "0.1.0"])),
    ...(build ? { scripts: { build: "x" } } : {}),
  });

function checkout(): string {
  return temporaryFolder({
    "packages/core/package.json": workspace("core"),
    "packages/core/tsconfig.json": "{}",
    "packages/core/src/a.ts": "export const a = 1;",
    "packages/ui/package.json": workspace("ui", ["core"], true),
    "apps/desktop/package.json": workspace("desktop", ["ui"], true),
  });
}

test("workspaces are built after those they are built from", () => {
  const root = checkout();
  const all = listWorkspaces(root);
  expect(all.map(({ dir }) => dir)).toEqual(["packages/core", "packages/ui", "apps/desktop"]);
  expect(buildSteps(root, all).map(({ name }) => name)).toEqual(["knowledge", "types", "packages-ui", "apps-desktop"]);
  const desktop = all.at(-1);
  expect(desktop && withDependencies(desktop, all).map(({ dir }) => dir)).toEqual([
    "packages/core",
    "packages/ui",
    "apps/desktop",
  ]);
});

test("what is built changes with the content of sources, not with tests, outputs or times", () => {
  const root = checkout();
  const before = fingerprint(root, ["packages/core"]);
  writeFileSync(join(root, "packages/core/src/a.test.ts"), "x");
  writeFileSync(join(root, "packages/core/src/a.ts"), readFileSync(join(root, "packages/core/src/a.ts")));
  expect(fingerprint(root, ["packages/core"])).toBe(before);
  writeFileSync(join(root, "packages/core/src/a.ts"), "export const a = 2;");
  expect(fingerprint(root, ["packages/core"])).not.toBe(before);
});

test("compiled files go when their source goes, and others stay", () => {
  const root = temporaryFolder({
    "apps/cli/src/kept.ts": "",
    "apps/cli/dist/kept.js": "",
    "apps/cli/dist/kept.d.ts": "",
    "apps/cli/dist/commands/gone.js": "",
    "apps/cli/dist/commands/gone.d.ts": "",
    "apps/cli/dist/page.html": "",
  });
  rmSync(join(root, "apps/cli/dist/nothing"), { force: true });
  expect(removeOrphans(root, ["apps/cli"])).toEqual(["apps/cli/dist/commands/gone"]);
  expect(existsSync(join(root, "apps/cli/dist/commands/gone.js"))).toBe(false);
  expect(existsSync(join(root, "apps/cli/dist/kept.js"))).toBe(true);
  expect(existsSync(join(root, "apps/cli/dist/page.html"))).toBe(true);
});
