import { globSync, renameSync, rmSync } from "node:fs";
import { rolldown } from "rolldown";

// One file per command and few shared ones, oclif included: reading the engine and oclif from some 500 files costs a
// quarter of a second at every start, reading them from the bundle a third of that.

/** Stay outside: native modules find their binaries beside them. */
const EXTERNAL = [/^better-sqlite3/, /^serialport/, /^@serialport\//];

/** Packages whose modules do nothing but export, so that what is not used of them is left out. */
const PURE = /node_modules\/(kysely|@formatjs|intl-messageformat)\//;

const root = import.meta.dirname;
const entries = globSync(["src/main.ts", "src/help.ts", "src/commands/**/*.ts", "src/hooks/*.ts"], { cwd: root })
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => [file.slice("src/".length, -".ts".length), `${root}/${file}`]);
// Started as a thread by its address beside the module that starts it, so that nothing else leads to it.
entries.push(["shared/backup-worker", `${root}/../../packages/db/src/backup/backup-worker.ts`]);

// Beside its place first: a build that fails leaves the last program working.
const draft = `${root}/dist/.bundle`;
rmSync(draft, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(entries),
  platform: "node",
  external: EXTERNAL,
  treeshake: { moduleSideEffects: (id) => !PURE.test(id) },
  resolve: { conditionNames: ["source", "node", "import"] },
  checks: { ineffectiveDynamicImport: false },
});
await bundle.write({
  dir: draft,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "shared/[name]-[hash].js",
  sourcemap: true,
  minify: true,
});
await bundle.close();
rmSync(`${root}/out`, { recursive: true, force: true });
renameSync(draft, `${root}/out`);
