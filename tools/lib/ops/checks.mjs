import { containerChecks } from "./container-checks.mjs";
import { infraChecks } from "./infra-checks.mjs";
import { processChecks } from "./process-checks.mjs";
import { staticChecks } from "./static-checks.mjs";

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string} title what holds when it passes
 * @property {string[]} [needs] commands without which it cannot run
 * @property {() => Promise<string>} run resolves with a short finding, rejects with the reason
 */

/** @type {Record<string, {optional: boolean, checks: Check[]}>} */
export const LANES = {
  static: { optional: false, checks: staticChecks },
  processes: { optional: false, checks: processChecks },
  containers: { optional: true, checks: containerChecks },
  infra: { optional: true, checks: infraChecks },
};
