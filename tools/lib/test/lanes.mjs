import { join } from "node:path";

const MINUTE_MS = 60_000;
const REPORTER = "./tools/lib/test/vitest-reporter.mjs";

/**
 * Everything `npm test` proves, in the order in which it runs.
 *
 * @param {string} root
 * @param {{long: boolean}} options
 * @returns {import("./lane.mjs").Lane[]}
 */
export function allLanes(root, { long }) {
  const module = (/** @type {string[]} */ ...path) => join(root, "node_modules", ...path);
  const tsc = module("typescript", "bin", "tsc");
  // Against a test that hangs, not against a slow machine.
  const timeoutMs = (long ? 180 : 20) * MINUTE_MS;
  return [
    // Before the build, which would write them anew.
    {
      name: "generated",
      title: "generated files are current",
      commands: [
        [join(root, "tools", "knowledge", "build.mjs"), "--check"],
        ["--conditions=source", join(root, "tools", "errors-doc", "main.ts"), "--check"],
      ],
      counts: "exit-code",
      timeoutMs: MINUTE_MS,
      alone: true,
    },
    {
      name: "build",
      title: "everything builds from the sources",
      commands: [[join(root, "tools", "lib", "build", "main.mjs")]],
      counts: "exit-code",
      timeoutMs: 5 * MINUTE_MS,
      alone: true,
    },
    {
      name: "lint",
      title: "Biome finds no error",
      commands: [[module("@biomejs", "biome", "bin", "biome"), "check", "--max-diagnostics=100", "."]],
      counts: "exit-code",
      timeoutMs: 2 * MINUTE_MS,
    },
    {
      name: "types",
      title: "TypeScript finds no error, tests and tools included",
      commands: [
        [tsc, "-b"],
        [tsc, "-p", "tsconfig.test.json"],
        [tsc, "-p", "packages/ui/tsconfig.test.json"],
        [tsc, "-p", "tools"],
      ],
      counts: "exit-code",
      timeoutMs: 5 * MINUTE_MS,
    },
    {
      name: "boundaries",
      title: "packages import only what their layer may",
      commands: [[module("turbo", "bin", "turbo"), "boundaries", "--no-color"]],
      counts: "exit-code",
      timeoutMs: MINUTE_MS,
    },
    opsLane("static", "everything in deploy/ passes its validators"),
    opsLane("processes", "drills of the sync server with real processes behind nginx"),
    vitestLane("unit", "units, contracts, properties and integration", [], timeoutMs),
    vitestLane("e2e", "the app in a real Chromium", ["--config", "vitest.e2e.config.ts"], timeoutMs),
  ];

  /**
   * @param {string} lane
   * @param {string} title
   * @returns {import("./lane.mjs").Lane}
   */
  function opsLane(lane, title) {
    return {
      name: `ops-${lane}`,
      title,
      commands: [[join(root, "tools", "lib", "ops", "main.mjs"), "--lane", lane]],
      counts: "report",
      timeoutMs: 10 * MINUTE_MS,
      alone: true,
    };
  }

  /**
   * @param {string} name
   * @param {string} title
   * @param {string[]} flags
   * @param {number} limitMs
   * @returns {import("./lane.mjs").Lane}
   */
  function vitestLane(name, title, flags, limitMs) {
    return {
      name,
      title,
      commands: [
        [module("vitest", "vitest.mjs"), "run", "--no-color", `--reporter=${REPORTER}`, "--reporter=default", ...flags],
      ],
      counts: "report",
      timeoutMs: limitMs,
      alone: true,
    };
  }
}
