import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPO_ROOT } from "../setup/repo.mjs";
import { markTestRun } from "./environment.mjs";
import { runLane } from "./lane.mjs";
import { allLanes } from "./lanes.mjs";
import { parseTestOptions } from "./options.mjs";
import { writeSummary } from "./summary.mjs";
import { provideSystemParts } from "./system-parts.mjs";

const parsed = parseTestOptions(process.argv.slice(2));
if (!parsed.ok) process.exit(2);
const options = parsed.value;
const { ECOLOCAL_TEST_RESULTS } = process.env;
const resultsDir = ECOLOCAL_TEST_RESULTS ?? join(REPO_ROOT, "test-results");
const summaryPath = join(resultsDir, "summary.json");
const scratch = mkdtempSync(join(tmpdir(), "ecolocal-test-"));
const abort = new AbortController();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => abort.abort());

/** @type {import("./summary.mjs").Summary} */
const summary = { passed: 0, failed: 0, skipped: 0, running: [], finished: false };
/** @type {string[]} */
const report = [];

mkdirSync(resultsDir, { recursive: true });
writeSummary(summaryPath, summary);
try {
  await main();
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function main() {
  const lanes = chooseLanes();
  const { missing } = provideSystemParts({ install: options.install, env: process.env, say });
  for (const part of missing) {
    summary.failed += 1;
    report.push(`✗ system part ${part.name}\n${indent(part.detail)}`);
    say(`✗ ${part.detail}`);
  }
  const context = {
    runtime: process.execPath,
    root: REPO_ROOT,
    resultsDir,
    env: markTestRun(process.env, { scratch, long: options.long, root: REPO_ROOT }),
    signal: abort.signal,
  };
  await runAll(lanes, context);
  summary.finished = !abort.signal.aborted;
  writeSummary(summaryPath, summary);
  say("");
  if (report.length > 0) say(`${report.join("\n\n")}\n`);
}

function chooseLanes() {
  const lanes = allLanes(REPO_ROOT, { long: options.long });
  const unknown = options.lanes.filter((name) => !lanes.some((lane) => lane.name === name));
  for (const name of unknown) {
    summary.failed += 1;
    report.push(`✗ there is no lane ${name}; there are ${lanes.map((lane) => lane.name).join(", ")}`);
  }
  return options.lanes.length === 0 ? lanes : lanes.filter(({ name }) => options.lanes.includes(name));
}

/**
 * Quick lanes share the two cores; a lane marked `alone` waits for the others and runs by itself.
 *
 * @param {import("./lane.mjs").Lane[]} lanes
 * @param {Parameters<typeof runLane>[1]} context
 */
async function runAll(lanes, context) {
  /** @type {Promise<void>[]} */
  let beside = [];
  for (const lane of lanes) {
    if (abort.signal.aborted) break;
    if (lane.alone === true) {
      await Promise.all(beside);
      beside = [];
      await runOne(lane, context);
    } else {
      beside.push(runOne(lane, context));
    }
  }
  await Promise.all(beside);
}

/**
 * @param {import("./lane.mjs").Lane} lane
 * @param {Parameters<typeof runLane>[1]} context
 */
async function runOne(lane, context) {
  summary.running = [...summary.running, lane.name];
  writeSummary(summaryPath, summary);
  const startedAt = Date.now();
  say(`… ${lane.name}: ${lane.title}`);
  const result = await runLane(lane, context);
  if (abort.signal.aborted) return;
  summary.running = summary.running.filter((name) => name !== lane.name);
  summary.passed += result.passed;
  summary.failed += result.failures.length;
  summary.skipped += result.skipped.length;
  writeSummary(summaryPath, summary);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const counts = `${result.passed} passed, ${result.failures.length} failed, ${result.skipped.length} skipped`;
  say(`${result.failures.length === 0 ? "✓" : "✗"} ${lane.name}: ${counts} (${seconds} s)`);
  for (const { title, detail } of result.failures) report.push(`✗ ${lane.name}: ${title}\n${indent(detail)}`);
  for (const { title, reason } of result.skipped) report.push(`- skipped: ${title}: ${reason}`);
  if (result.failures.length > 0 && existsSync(join(resultsDir, `${lane.name}.log`))) {
    report.push(`  all output of ${lane.name}: test-results/${lane.name}.log`);
  }
}

/** @param {string} text */
function indent(text) {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}
