import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a lane's result as the aggregator reads it: `{passed, failures, skipped}`, after every file, so that a
 * crash leaves what was known.
 */
class LaneReporter {
  /** @type {import("./lane.mjs").LaneResult} */
  #result = { passed: 0, failures: [], skipped: [], finished: false };

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    const title = `${test.module.relativeModuleId} › ${test.fullName}`;
    if (state === "passed") this.#result.passed += 1;
    if (state === "failed") this.#result.failures.push({ title, detail: (errors ?? []).map(describe).join("\n") });
    if (state === "skipped") this.#result.skipped.push({ title, reason: skipReason(test) });
  }

  /** A hook around a group of tests that failed. @param {import("vitest/node").TestSuite} suite */
  onTestSuiteResult(suite) {
    for (const error of suite.errors()) {
      const title = `${suite.module.relativeModuleId} › ${suite.fullName}`;
      this.#result.failures.push({ title, detail: describe(error) });
    }
  }

  /** @param {import("vitest/node").TestModule} module */
  onTestModuleEnd(module) {
    // A file that cannot be loaded has no test case that could fail.
    for (const error of module.errors()) {
      this.#result.failures.push({ title: module.relativeModuleId, detail: describe(error) });
    }
    this.#write();
  }

  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} _modules
   * @param {ReadonlyArray<import("vitest").SerializedError>} errors
   */
  onTestRunEnd(_modules, errors) {
    for (const error of errors) this.#result.failures.push({ title: "outside any test", detail: describe(error) });
    this.#result.finished = true;
    this.#write();
  }

  #write() {
    const { ECOLOCAL_LANE_RESULT: path } = process.env;
    if (path === undefined) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(this.#result));
  }
}

/** @param {{name?: string, message?: string, stack?: string, diff?: string}} error */
function describe(error) {
  const where = error.stack?.split("\n").find((line) => line.includes("at ") || line.includes("❯"));
  return [`${error.name ?? "Error"}: ${error.message ?? "no message"}`, error.diff, where].filter(Boolean).join("\n");
}

/** @param {import("vitest/node").TestCase} test */
function skipReason(test) {
  const result = test.result();
  return (result.state === "skipped" ? result.note : undefined) ?? "no reason given";
}

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export
export default LaneReporter;
