import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const scratch: string[] = [];
afterAll(() => {
  for (const dir of scratch) rmSync(dir, { recursive: true, force: true });
});

/** A copy of what the build reads and writes, in a folder of its own. */
function copyProject(): string {
  const dir = mkdtempSync(join(tmpdir(), "ecolocal-knowledge-"));
  scratch.push(dir);
  for (const path of [
    "packages/core/knowledge",
    "packages/core/src/knowledge",
    "packages/core/src/shared",
    "tools/knowledge",
  ]) {
    mkdirSync(join(dir, path, ".."), { recursive: true });
    cpSync(join(ROOT, path), join(dir, path), { recursive: true });
  }
  writeFileSync(join(dir, "package.json"), '{"type":"module"}');
  symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"), "dir");
  return dir;
}

const build = (dir: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(dir, "tools/knowledge/build.mjs"), ...args], { encoding: "utf8" });

test("the committed generated modules are what the YAML files say", () => {
  const output = execFileSync(process.execPath, [join(ROOT, "tools/knowledge/build.mjs"), "--check"], {
    stdio: "pipe",
  });
  expect(output.toString()).toBe("");
});

test("an invalid catalogue file fails the build, names file, id and field, and writes nothing", () => {
  const dir = copyProject();
  const file = join(dir, "packages/core/knowledge/projects/air.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("stat: mean_24h", "stat: mean_25h"));
  const generated = join(dir, "packages/core/src/knowledge/catalogue/projects.generated.ts");
  const before = readFileSync(generated, "utf8");
  const run = build(dir);
  expect(run.status).toBe(1);
  expect(run.stderr).toContain(
    'projects/air.yaml: air.box-fan-cleaners: triggers[0].all[0].stat: names the unknown stat "mean_25h"',
  );
  expect(readFileSync(generated, "utf8")).toBe(before);
});

test("NOTICE names every source of the catalogue", () => {
  const notice = readFileSync(join(ROOT, "NOTICE"), "utf8");
  const sources =
    readFileSync(join(ROOT, "packages/core/knowledge/sources.yaml"), "utf8").match(/id: src\.[\w-]+/g) ?? [];
  expect(sources.length).toBeGreaterThan(50);
  for (const entry of sources) expect(notice).toContain(entry.slice("id: ".length));
});

test("a file that is no YAML fails the build with its name", () => {
  const dir = copyProject();
  writeFileSync(join(dir, "packages/core/knowledge/metrics.yaml"), "metrics: [1, 2\n");
  const run = build(dir);
  expect(run.status).toBe(1);
  expect(run.stderr).toContain("metrics.yaml: -: -: is no valid YAML");
});

test("a changed fact makes the check fail until the modules are generated again", () => {
  const dir = copyProject();
  const file = join(dir, "packages/core/knowledge/band-sets.yaml");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace("upTo: [800, 1000, 1400, null]", "upTo: [800, 1000, 1500, null]"),
  );
  expect(build(dir, "--check").status).toBe(1);
  expect(build(dir).status).toBe(0);
  expect(build(dir, "--check").status).toBe(0);
});
