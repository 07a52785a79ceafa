import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { findCommand } from "../test/system-parts.mjs";
import { LANES } from "./checks.mjs";

const USAGE = `verify:ops [--lane ${Object.keys(LANES).join("|")}]… [--check NAME]… [--require] [--json]
  --require   a check that cannot run here fails instead of being skipped`;

// Debian keeps nginx off the PATH of people who are not root.
process.env["PATH"] = `${process.env["PATH"]}:/usr/sbin`;

const { values } = parseArgs({
  options: {
    lane: { type: "string", multiple: true },
    check: { type: "string", multiple: true },
    require: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** @typedef {{lane: string, name: string, title: string, outcome: "passed" | "failed" | "skipped", detail: string, seconds: number}} Finding */

/**
 * @param {string} lane
 * @param {import("./checks.mjs").Check} check
 * @returns {Promise<Finding>}
 */
async function verify(lane, check) {
  const startedAt = performance.now();
  /** @param {Finding["outcome"]} outcome @param {string} detail */
  const finding = (outcome, detail) => ({
    lane,
    name: check.name,
    title: check.title,
    outcome,
    detail,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  });
  const missing = (check.needs ?? []).filter((command) => findCommand([command], process.env) === undefined);
  if (missing.length > 0) {
    const mayPass = LANES[lane]?.optional === true && !values.require;
    return finding(mayPass ? "skipped" : "failed", `not installed here: ${missing.join(", ")}`);
  }
  try {
    const detail = await check.run();
    if (!detail.startsWith("SKIP ")) return finding("passed", detail);
    return finding(values.require ? "failed" : "skipped", detail.slice("SKIP ".length));
  } catch (error) {
    return finding("failed", error instanceof Error ? error.message : String(error));
  }
}

/** @param {Finding} found */
function tell(found) {
  if (values.json) return process.stdout.write(`${JSON.stringify(found)}\n`);
  const sign = { passed: "✓", failed: "✗", skipped: "- SKIP" }[found.outcome];
  const detail = found.outcome === "failed" ? `\n${found.detail.replaceAll(/^/gm, "    ")}` : found.detail;
  return process.stdout.write(`${sign} ${found.lane}: ${found.title} — ${detail} (${found.seconds} s)\n`);
}

async function main() {
  const lanes = values.lane ?? Object.keys(LANES);
  if (values.help || lanes.some((name) => LANES[name] === undefined)) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  /** @type {Finding[]} */
  const findings = [];
  for (const lane of lanes) {
    for (const check of LANES[lane]?.checks ?? []) {
      if (values.check !== undefined && !values.check.includes(check.name)) continue;
      const found = await verify(lane, check);
      tell(found);
      findings.push(found);
    }
  }
  report(findings);
  return findings.length > 0 && findings.every(({ outcome }) => outcome !== "failed") ? 0 : 1;
}

/**
 * For `npm test`, which counts every check as one test.
 *
 * @param {Finding[]} findings
 */
function report(findings) {
  const { ECOLOCAL_LANE_RESULT: path } = process.env;
  if (path === undefined) return;
  const of = (/** @type {string} */ outcome) => findings.filter((found) => found.outcome === outcome);
  const failures = of("failed").map(({ title, detail }) => ({ title, detail }));
  const skipped = of("skipped").map(({ title, detail }) => ({ title, reason: detail }));
  writeFileSync(path, JSON.stringify({ passed: of("passed").length, failures, skipped, finished: true }));
}

process.exitCode = await main();
