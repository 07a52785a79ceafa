import { globSync, renameSync, rmSync } from "node:fs";
import { rolldown } from "rolldown";

// One file per command and few shared ones: reading the engine from some 300 files costs a quarter of a second at
// every start, reading it from the bundle a tenth of that.

/** Stay outside: native modules find their binaries beside them, and oclif its parts by path. */
const EXTERNAL = [/^better-sqlite3/, /^serialport/, /^@serialport\//, /^@oclif\//];

const root = import.meta.dirname;
const entries = globSync(["src/main.ts", "src/commands/**/*.ts", "src/hooks/*.ts"], { cwd: root })
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => [file.slice("src/".length, -".ts".length), `${root}/${file}`]);

// Beside its place first: a build that fails leaves the last program working.
const draft = `${root}/out.next`;
rmSync(draft, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(entries),
  platform: "node",
  external: EXTERNAL,
  resolve: { conditionNames: ["source", "node", "import"] },
  onLog: (level, log, print) => print(level === "warn" ? "error" : level, log),
});
await bundle.write({
  dir: draft,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "shared/[name]-[hash].js",
  sourcemap: true,
});
await bundle.close();
rmSync(`${root}/out`, { recursive: true, force: true });
renameSync(draft, `${root}/out`);
