import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The environment of a test run: it touches nobody's own data, and finds the captures where they are present.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {{scratch: string, long: boolean, root: string}} run
 * @returns {NodeJS.ProcessEnv}
 */
export function markTestRun(env, { scratch, long, root }) {
  const captures = join(root, "..", "shared", "captures");
  return {
    ...env,
    ECOLOCAL_DATA_DIR: join(scratch, "data"),
    ECOLOCAL_CONFIG_DIR: join(scratch, "config"),
    ECOLOCAL_CACHE_DIR: join(scratch, "cache"),
    // Hundreds of programs are started from their sources: each would strip the types of the same files again.
    NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "ecolocal", "compiled"),
    ...(long ? { ECOLOCAL_LONG: "1" } : {}),
    ...(env["CAPTURES_DIR"] === undefined && existsSync(captures) ? { CAPTURES_DIR: captures } : {}),
  };
}
