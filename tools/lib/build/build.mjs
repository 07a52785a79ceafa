import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCaptured } from "../run/captured.mjs";
import { tell } from "../setup/install.mjs";
import { acquireLock } from "../setup/lock.mjs";
import { readJson } from "../setup/repo.mjs";
import { fingerprint, listOutputs } from "./fingerprint.mjs";
import { removeOrphans } from "./orphans.mjs";
import { buildSteps } from "./steps.mjs";
import { listWorkspaces } from "./workspaces.mjs";

/** A build step that failed; its own messages have been shown. */
export class BuildError extends Error {
  /** @override */
  name = "BuildError";
}

/**
 * Builds what is stale by content, one build at a time per checkout.
 *
 * @param {string} root
 * @param {{force?: boolean, only?: readonly string[]}} [options] `only` names the steps that are wanted
 * @returns {Promise<string[]>} names of the steps that ran
 */
export async function build(root, options = {}) {
  const lock = await acquireLock(join(root, ".setup", "build.lock"), {
    onWait: (holder) => tell(`Another start (process ${holder.pid}) is building; waiting for it.`),
  });
  try {
    const workspaces = listWorkspaces(root);
    removeOrphans(
      root,
      workspaces.map(({ dir }) => dir),
    );
    const ran = [];
    const steps = buildSteps(root, workspaces);
    for (const step of steps.filter(({ name }) => options.only?.includes(name) ?? true)) {
      if (await runStep(root, step, options.force === true)) ran.push(step.name);
    }
    return ran;
  } finally {
    lock.release();
  }
}

/**
 * @param {string} root
 * @param {import("./steps.mjs").Step} step
 * @param {boolean} force
 */
async function runStep(root, step, force) {
  const inputs = fingerprint(root, step.inputs);
  const stamp = readStamp(root, step.name);
  const missing = stamp === undefined || outputsOf(root, step, stamp.outputs).length < stamp.outputs.length;
  if (!force && !missing && stamp.inputs === inputs) return false;
  const startedAt = Date.now();
  tell(`${step.title} …`);
  const { trouble, output } = await runCaptured(step.nodeArguments(force || missing), step.cwd);
  if (trouble !== undefined) {
    process.stderr.write(output);
    throw new BuildError(`${step.title} failed with ${trouble}.`);
  }
  tell(`${step.title}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  writeStamp(root, step.name, { inputs, outputs: outputsOf(root, step) });
  return true;
}

/**
 * @param {string} root
 * @param {import("./steps.mjs").Step} step
 * @param {string[]} [expected] when given, only these are looked for
 */
function outputsOf(root, step, expected) {
  const present = step.outputs.flatMap(({ dir, paths }) => listOutputs(root, dir, paths));
  return expected === undefined ? present : expected.filter((path) => present.includes(path));
}

/** @param {string} root @param {string} name */
function stampPath(root, name) {
  return join(root, "node_modules", ".cache", "ecolocal", `built-${name}.json`);
}

/**
 * @param {string} root
 * @param {string} name
 * @returns {{inputs: string, outputs: string[]} | undefined}
 */
function readStamp(root, name) {
  try {
    return readJson(stampPath(root, name));
  } catch {
    return undefined;
  }
}

/** @param {string} root @param {string} name @param {{inputs: string, outputs: string[]}} stamp */
function writeStamp(root, name, stamp) {
  const path = stampPath(root, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(stamp));
}
