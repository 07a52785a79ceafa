import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * @typedef {object} Summary
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} running lanes that have started and not ended
 * @property {boolean} finished false until every lane has ended
 */

/** @param {{passed: number, failed: number, skipped: number}} counts */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Replaces the summary in one step, so that whoever reads it after a crash finds a whole one.
 *
 * @param {string} path
 * @param {Summary} summary
 */
export function writeSummary(path, summary) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.next`, JSON.stringify(summary));
  renameSync(`${path}.next`, path);
}

/**
 * What a run came to, counting everything it did not finish as failed.
 *
 * @param {string} path
 * @returns {{passed: number, failed: number, skipped: number, unfinished?: string}}
 */
export function readOutcome(path) {
  /** @type {Summary} */
  let summary;
  try {
    summary = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, unfinished: "it ended before the first lane" };
  }
  const { passed, failed, skipped, running, finished } = summary;
  if (finished) return { passed, failed, skipped };
  const lost = Math.max(1, running.length);
  const where = running.length === 0 ? "between two lanes" : `while these lanes ran: ${running.join(", ")}`;
  return { passed, failed: failed + lost, skipped, unfinished: `it ended ${where}` };
}
