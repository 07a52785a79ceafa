import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BuildError, build } from "../build/build.mjs";
import { endLike, runAttached } from "../run/hand-over.mjs";
import { npmCommand, tell } from "../setup/install.mjs";
import { REPO_ROOT } from "../setup/repo.mjs";

const BENCH = join(REPO_ROOT, "bench");

try {
  await build(REPO_ROOT);
  installPeers();
  const args = ["--conditions=source", join(BENCH, "run.ts"), ...process.argv.slice(2)];
  endLike(await runAttached(process.execPath, args, { cwd: BENCH }));
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  tell(error.message);
  process.exitCode = 1;
}

/** The benchmarks' peers live in their own package, so that `npm start` never installs them. */
function installPeers() {
  const lockfile = join(BENCH, "package-lock.json");
  const stamp = join(BENCH, "node_modules", ".ecolocal-installed");
  if (!existsSync(lockfile)) return;
  const wanted = createHash("sha256").update(readFileSync(lockfile)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  tell("Installing the peers that the benchmarks compare with …");
  const npm = npmCommand(process.env);
  const { status } = spawnSync(npm.command, [...npm.args, "ci", "--ignore-scripts", "--loglevel=error"], {
    cwd: BENCH,
    stdio: ["ignore", 2, 2],
    shell: npm.shell,
  });
  if (status !== 0) throw new BuildError("The benchmarks' packages could not be installed.");
  writeFileSync(stamp, wanted);
}
