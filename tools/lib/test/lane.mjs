import { spawn } from "node:child_process";
import { createWriteStream, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Lane
 * @property {string} name also the name of its log
 * @property {string} title what it proves
 * @property {string[][]} commands argument lists for the runtime, one after the other
 * @property {"exit-code" | "report"} counts whether each command is one test, or the lane reports its tests itself
 * @property {number} timeoutMs after which the lane is killed and counts as failed
 * @property {boolean} [alone] runs with no other lane beside it
 * @property {string} [optional] why an issue calls it optional
 * @property {() => string | undefined} [unavailable] why it cannot run here
 */

/**
 * @typedef {object} LaneResult
 * @property {number} passed
 * @property {{title: string, detail: string}[]} failures
 * @property {{title: string, reason: string}[]} skipped
 * @property {boolean} finished
 */

/**
 * Runs one lane to its end; whatever happens to its processes becomes a result.
 *
 * @param {Lane} lane
 * @param {{runtime: string, root: string, resultsDir: string, env: NodeJS.ProcessEnv, signal?: AbortSignal}} context
 * @returns {Promise<LaneResult>}
 */
export async function runLane(lane, context) {
  const cannot = lane.unavailable?.();
  if (cannot !== undefined && lane.optional !== undefined) {
    return result({ skipped: [{ title: lane.title, reason: `${cannot} (optional: ${lane.optional})` }] });
  }
  if (cannot !== undefined) return result({ failures: [{ title: lane.title, detail: cannot }] });
  const log = createWriteStream(join(context.resultsDir, `${lane.name}.log`));
  try {
    return lane.counts === "report" ? await runReporting(lane, context, log) : await runCounting(lane, context, log);
  } finally {
    await new Promise((resolve) => log.end(resolve));
  }
}

/**
 * @param {Partial<LaneResult>} part
 * @returns {LaneResult}
 */
function result(part) {
  return { passed: 0, failures: [], skipped: [], finished: true, ...part };
}

/**
 * @param {Lane} lane
 * @param {Parameters<typeof runLane>[1]} context
 * @param {NodeJS.WritableStream} log
 */
async function runCounting(lane, context, log) {
  const sum = result({});
  for (const command of lane.commands) {
    const { trouble, tail } = await runCommand(command, lane.timeoutMs, context, log);
    const title = commandTitle(command, context.root);
    if (trouble === undefined) sum.passed += 1;
    else sum.failures.push({ title, detail: `${trouble}\n${tail}` });
  }
  if (lane.commands.length === 0) sum.failures.push({ title: lane.title, detail: "The lane has no command." });
  return sum;
}

/** @param {string[]} command @param {string} root */
function commandTitle(command, root) {
  return command.join(" ").replaceAll(`${root}/`, "").replaceAll("node_modules/", "");
}

/**
 * @param {Lane} lane
 * @param {Parameters<typeof runLane>[1]} context
 * @param {NodeJS.WritableStream} log
 */
async function runReporting(lane, context, log) {
  const path = join(context.resultsDir, `${lane.name}.json`);
  rmSync(path, { force: true });
  const env = { ...context.env, ECOLOCAL_LANE_RESULT: path };
  const sum = result({});
  for (const command of lane.commands) {
    rmSync(path, { force: true });
    const { trouble, tail } = await runCommand(command, lane.timeoutMs, { ...context, env }, log);
    const report = readReport(path);
    sum.passed += report.passed;
    sum.skipped.push(...report.skipped);
    sum.failures.push(...report.failures);
    const broken = brokenReport(report, trouble);
    if (broken !== undefined) sum.failures.push({ title: lane.title, detail: `${broken}\n${tail}` });
  }
  return sum;
}

/**
 * A lane that crashed, was killed or ran no test has failed, whatever its report says.
 *
 * @param {LaneResult} report
 * @param {string | undefined} trouble
 */
function brokenReport(report, trouble) {
  if (!report.finished) return `It broke off before its end: ${trouble ?? "no report was written"}.`;
  if (report.passed + report.failures.length === 0) return "It ran no test.";
  if (trouble !== undefined && report.failures.length === 0) return `No test failed, but ${trouble}.`;
  return undefined;
}

/**
 * @param {string} path
 * @returns {LaneResult}
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { passed: 0, failures: [], skipped: [], finished: false };
  }
}

const TAIL_LINES = 60;

/**
 * Runs one command as a process group, so that nothing it started outlives it.
 *
 * @param {string[]} command
 * @param {number} timeoutMs
 * @param {Parameters<typeof runLane>[1]} context
 * @param {NodeJS.WritableStream} log
 * @returns {Promise<{trouble: string | undefined, tail: string}>}
 */
function runCommand(command, timeoutMs, { runtime, root, env, signal }, log) {
  log.write(`$ node ${command.join(" ")}\n`);
  return new Promise((resolve) => {
    let tail = "";
    const child = spawn(runtime, command, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const stop = () => killGroup(child.pid);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, timeoutMs);
    signal?.addEventListener("abort", stop, { once: true });
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      log.write(chunk);
      tail = (tail + chunk.toString()).split("\n").slice(-TAIL_LINES).join("\n");
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("exit", stop);
    /** @param {string | undefined} trouble */
    const end = (trouble) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      resolve({ trouble: timedOut ? `it was stopped after ${timeoutMs / 1000} s` : trouble, tail });
    };
    child.on("error", (error) => end(error.message));
    child.on("close", (code, killedBy) =>
      end(code === 0 ? undefined : `it ended with ${killedBy ?? `exit code ${code}`}`),
    );
  });
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}
