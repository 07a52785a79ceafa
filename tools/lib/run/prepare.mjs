import { ensureInstalled, SetupError } from "../setup/install.mjs";
import { requireNode } from "../setup/node-check.mjs";
import { findRuntime, runtimeEnv } from "../setup/runtime.mjs";
import { endLike, runAttached } from "./hand-over.mjs";

/**
 * Sets the workspace up and returns the Node that everything else runs under, with its environment.
 *
 * @returns {Promise<{runtime: string, env: NodeJS.ProcessEnv}>}
 */
export async function prepare() {
  requireNode();
  await ensureInstalled();
  const runtime = findRuntime();
  return { runtime, env: runtimeEnv(runtime) };
}

/**
 * Sets the workspace up and continues with `script` under the pinned Node.
 *
 * @param {string} script absolute path
 * @param {string[]} args
 */
export async function continueWith(script, args) {
  try {
    const { runtime, env } = await prepare();
    endLike(await runAttached(runtime, [script, ...args], { env }));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
