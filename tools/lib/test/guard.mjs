import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runAttached } from "../run/hand-over.mjs";
import { prepare } from "../run/prepare.mjs";
import { SetupError } from "../setup/install.mjs";
import { REPO_ROOT } from "../setup/repo.mjs";
import { parseTestOptions, TEST_USAGE } from "./options.mjs";
import { readOutcome, summaryLine } from "./summary.mjs";

const RUNNER = fileURLToPath(new URL("./main.mjs", import.meta.url));

/**
 * Runs all lanes in a process of their own and has the last word whatever happens to it: the last line of every
 * run is `N passed, N failed, N skipped`.
 *
 * @param {string[]} args
 * @param {{resultsDir?: string, runner?: string, setUp?: typeof prepare}} [places] for tests of the guard itself
 * @returns {Promise<number>} the exit code
 */
export async function guardedRun(args, places = {}) {
  const parsed = parseTestOptions(args);
  if (!parsed.ok || parsed.value.help) {
    const text = parsed.ok ? TEST_USAGE : `${parsed.error}\n\n${TEST_USAGE}`;
    process.stderr.write(`${text}\n`);
    return parsed.ok ? 0 : 2;
  }
  const { resultsDir = join(REPO_ROOT, "test-results"), runner = RUNNER, setUp = prepare } = places;
  const summaryPath = join(resultsDir, "summary.json");
  rmSync(summaryPath, { force: true });
  const end = await runLanes(runner, args, resultsDir, setUp);
  const outcome = readOutcome(summaryPath);
  if (outcome.unfinished !== undefined) {
    process.stdout.write(`\nThe test run broke off (${end}): ${outcome.unfinished}.\n`);
  }
  process.stdout.write(`${summaryLine(outcome)}\n`);
  return outcome.failed === 0 && outcome.passed > 0 ? 0 : 1;
}

/**
 * @param {string} runner
 * @param {string[]} args
 * @param {string} resultsDir
 * @param {typeof prepare} setUp
 * @returns {Promise<string>} how it ended, in words
 */
async function runLanes(runner, args, resultsDir, setUp) {
  try {
    const { runtime, env } = await setUp();
    const end = await runAttached(runtime, [runner, ...args], { cwd: REPO_ROOT, env: withResults(env, resultsDir) });
    return end.signal ?? `exit code ${end.code}`;
  } catch (error) {
    const text = error instanceof SetupError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text}\n`);
    return "set-up failed";
  }
}

/** @param {NodeJS.ProcessEnv} env @param {string} resultsDir */
function withResults(env, resultsDir) {
  return { ...env, ECOLOCAL_TEST_RESULTS: resultsDir };
}
