import { tell } from "../setup/install.mjs";
import { REPO_ROOT } from "../setup/repo.mjs";
import { BuildError, build } from "./build.mjs";

try {
  const ran = await build(REPO_ROOT, { force: process.argv.includes("--force") });
  if (ran.length === 0) tell("Everything is built already.");
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  tell(error.message);
  process.exitCode = 1;
}
