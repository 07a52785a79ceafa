import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Lane, type LaneResult, runLane } from "../lib/test/lane.mjs";
import { parseTestOptions } from "../lib/test/options.mjs";
import { readOutcome, summaryLine, writeSummary } from "../lib/test/summary.mjs";
import { isGone, temporaryFolder } from "./temporary.ts";

const GUARD = new URL("../lib/test/guard.mjs", import.meta.url).href;

/** Runs the guard over a runner made of `body` and returns what it printed and its exit code. */
function guard(body: string): { lastLine: string; status: number | null; text: string } {
  const dir = temporaryFolder({
    "runner.mjs": `import { writeFileSync } from "node:fs";
      const summary = (value) => writeFileSync(process.env.ECOLOCAL_TEST_RESULTS + "/summary.json", JSON.stringify(value));
      ${body}`,
  });
  const program = `import { guardedRun } from ${JSON.stringify(GUARD)};
    process.exitCode = await guardedRun([], {
      resultsDir: ${JSON.stringify(dir)}, runner: ${JSON.stringify(join(dir, "runner.mjs"))},
      setUp: async () => ({ runtime: process.execPath, env: process.env }),
    });`;
  const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  return { lastLine: stdout.trimEnd().split("\n").at(-1) ?? "", status, text: stdout };
}

test("a finished run ends with its counts and their exit code", () => {
  const good = guard(
    'summary({ passed: 12, failed: 0, skipped: 1, running: [], finished: true }); console.log("noise");',
  );
  expect(good).toMatchObject({ lastLine: "12 passed, 0 failed, 1 skipped", status: 0 });
  const bad = guard("summary({ passed: 12, failed: 2, skipped: 0, running: [], finished: true });");
  expect(bad).toMatchObject({ lastLine: "12 passed, 2 failed, 0 skipped", status: 1 });
});

test("a runner that is killed with -9 counts its running lanes as failed", () => {
  const run = guard(`summary({ passed: 5, failed: 0, skipped: 0, running: ["unit"], finished: false });
    process.kill(process.pid, "SIGKILL");`);
  expect(run).toMatchObject({ lastLine: "5 passed, 1 failed, 0 skipped", status: 1 });
  expect(run.text).toContain("while these lanes ran: unit");
});

test("a runner that crashes before its first lane is one failure", () => {
  expect(guard('throw new TypeError("broken");')).toMatchObject({
    lastLine: "0 passed, 1 failed, 0 skipped",
    status: 1,
  });
});

test("a run in which nothing ran is no success", () => {
  const run = guard("summary({ passed: 0, failed: 0, skipped: 0, running: [], finished: true });");
  expect(run).toMatchObject({ lastLine: "0 passed, 0 failed, 0 skipped", status: 1 });
});

test("a failed set-up still ends with the counts", () => {
  const dir = temporaryFolder();
  const program = `import { guardedRun } from ${JSON.stringify(GUARD)};
    process.exitCode = await guardedRun([], { resultsDir: ${JSON.stringify(dir)}, setUp: async () => { throw new TypeError("no network"); } });`;
  const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("0 passed, 1 failed, 0 skipped");
  expect(status).toBe(1);
});

test("the summary survives being read while a lane runs", () => {
  const path = join(temporaryFolder(), "summary.json");
  writeSummary(path, { passed: 1, failed: 0, skipped: 0, running: ["a", "b"], finished: false });
  expect(readOutcome(path)).toMatchObject({ passed: 1, failed: 2 });
  expect(summaryLine({ passed: 1, failed: 2, skipped: 3 })).toBe("1 passed, 2 failed, 3 skipped");
});

async function run(lane: Partial<Lane> & { commands: string[][] }): Promise<LaneResult> {
  const dir = temporaryFolder();
  mkdirSync(join(dir, "results"));
  const full: Lane = { name: "lane", title: "a lane", counts: "exit-code", timeoutMs: 20_000, ...lane };
  const context = { runtime: process.execPath, root: dir, resultsDir: join(dir, "results"), env: process.env };
  return await runLane(full, context);
}

test("each command of a lane is one test, and a failed one shows its output", async () => {
  const result = await run({
    commands: [
      ["-e", ""],
      ["-e", 'console.error("what was wrong"); process.exit(3)'],
    ],
  });
  expect(result.passed).toBe(1);
  expect(result.failures).toHaveLength(1);
  expect(result.failures[0]?.detail).toContain("exit code 3");
  expect(result.failures[0]?.detail).toContain("what was wrong");
});

test("a lane that is killed, or takes too long, has failed", async () => {
  const killed = await run({ commands: [["-e", 'process.kill(process.pid, "SIGKILL")']] });
  expect(killed.failures[0]?.detail).toContain("SIGKILL");
  const slow = await run({ commands: [["-e", "setInterval(() => {}, 1000)"]], timeoutMs: 300 });
  expect(slow.failures[0]?.detail).toContain("stopped after 0.3 s");
});

const reportOf = (report: object) =>
  `require("fs").writeFileSync(process.env.ECOLOCAL_LANE_RESULT, ${JSON.stringify(JSON.stringify(report))});`;

test("a reporting lane that ran no test, wrote no report or broke off has failed", async () => {
  const nothing = { passed: 0, failures: [], skipped: [], finished: true };
  const empty = await run({ counts: "report", commands: [["-e", reportOf(nothing)]] });
  expect(empty.failures[0]?.detail).toContain("ran no test");
  const silent = await run({ counts: "report", commands: [["-e", ""]] });
  expect(silent.failures[0]?.detail).toContain("broke off");
  const half = await run({
    counts: "report",
    commands: [["-e", reportOf({ ...nothing, passed: 4, finished: false })]],
  });
  expect(half).toMatchObject({ passed: 4 });
  expect(half.failures).toHaveLength(1);
});

test("a reporting lane that ends badly although no test failed has failed", async () => {
  const report = reportOf({ passed: 3, failures: [], skipped: [], finished: true });
  const result = await run({ counts: "report", commands: [["-e", `${report} process.exit(1)`]] });
  expect(result.failures[0]?.detail).toContain("exit code 1");
});

test("only an optional lane may skip, and it says why", async () => {
  const lane = { commands: [["-e", ""]], unavailable: () => "no PostgreSQL here" };
  expect((await run(lane)).failures[0]?.detail).toBe("no PostgreSQL here");
  const optional = await run({ ...lane, optional: "issue 9" });
  expect(optional.skipped).toEqual([{ title: "a lane", reason: "no PostgreSQL here (optional: issue 9)" }]);
});

test("what a lane leaves running is ended with it", async () => {
  const dir = temporaryFolder();
  const pidFile = join(dir, "pid");
  writeFileSync(pidFile, "");
  const program = `const { spawn } = require("child_process");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(child.pid)); child.unref();`;
  await run({ commands: [["-e", program]] });
  const pid = Number(readFileSync(pidFile, "utf8"));
  await expect.poll(() => isGone(pid)).toBe(true);
});

test("options are read, and a wrong one is refused with the known ones", () => {
  expect(parseTestOptions(["--long", "--no-install", "--lane", "unit"])).toEqual({
    ok: true,
    value: { long: true, install: false, lanes: ["unit"], help: false },
  });
  expect(parseTestOptions(["--fast"]).ok).toBe(false);
});
