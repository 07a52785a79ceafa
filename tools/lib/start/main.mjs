import { spawn } from "node:child_process";
import { join } from "node:path";
import { BuildError, build } from "../build/build.mjs";
import { endLike, runAttached } from "../run/hand-over.mjs";
import { tell } from "../setup/install.mjs";
import { REPO_ROOT } from "../setup/repo.mjs";
import { download } from "./download.mjs";
import { fetchElectron, locateElectron, rememberedFailure, rememberFailure, whyNoWindow } from "./electron.mjs";
import { parseStartOptions, START_USAGE } from "./options.mjs";

/** A window that closes with an error this soon never came up (no sandbox, missing libraries). */
const NEVER_CAME_UP_MS = 10_000;

/** What has to be built to open EcoLocal; the rest of the build is for tests and packaging. */
const BROWSER_PARTS = ["knowledge", "packages-ui", "apps-cli"];
const WINDOW_PARTS = ["apps-desktop"];

const parsed = parseStartOptions(process.argv.slice(2));
if (!parsed.ok) {
  process.stderr.write(`${parsed.error}\n\n${START_USAGE}\n`);
  process.exit(2);
}
if (parsed.value.help) {
  process.stdout.write(`${START_USAGE}\n`);
  process.exit(0);
}
try {
  await openEcoLocal(parsed.value);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  tell(`${error.message} EcoLocal was not started.`);
  process.exitCode = 1;
}

/** @param {import("./options.mjs").StartOptions} options */
async function openEcoLocal(options) {
  const electron = await usableElectron(options);
  await build(REPO_ROOT, { only: [...BROWSER_PARTS, ...(electron === undefined ? [] : WINDOW_PARTS)] });
  if (electron !== undefined && (await openWindow(electron, options))) return;
  const args = [
    join(REPO_ROOT, "apps", "cli", "bin", "run.js"),
    "open",
    ...workspaceFlag(options),
    ...(options.port === undefined ? [] : ["--port", String(options.port)]),
    ...(options.open ? [] : ["--no-open"]),
  ];
  endLike(await runAttached(process.execPath, args, { cwd: calledFrom() }));
}

/** Relative folders are meant from where npm was called, not from the checkout. */
function calledFrom() {
  const { INIT_CWD } = process.env;
  return INIT_CWD ?? process.cwd();
}

/** @param {import("./options.mjs").StartOptions} options */
function workspaceFlag(options) {
  return options.workspace === undefined ? [] : ["--workspace", options.workspace];
}

/**
 * @param {import("./options.mjs").StartOptions} options
 * @returns {Promise<string | undefined>} the Electron executable, when the window is what this start shall open
 */
async function usableElectron(options) {
  if (!options.open || options.port !== undefined) return undefined;
  const { env } = process;
  const noWindow = whyNoWindow({ platform: process.platform, env, uid: process.getuid?.() });
  const electron = locateElectron(REPO_ROOT, env);
  if (noWindow !== undefined || electron === undefined) {
    tell(`Opening in the browser: ${noWindow ?? "the Electron package is not installed"}.`);
    return undefined;
  }
  if (electron.present) return electron.executable;
  const failure = rememberedFailure(electron.version, env, Date.now());
  if (failure !== undefined) {
    tell(`Opening in the browser: ${failure}; tried again after a week.`);
    return undefined;
  }
  return await fetchOnce(electron);
}

/** @param {NonNullable<ReturnType<typeof locateElectron>>} electron */
async function fetchOnce(electron) {
  tell(`Fetching the Electron ${electron.version} runtime, once …`);
  let shown = -1;
  try {
    await fetchElectron(electron, {
      env: process.env,
      download: (url, target) =>
        download(url, target, {
          onProgress: (done, total) => {
            const tenth = total > 0 ? Math.floor((done / total) * 10) : 0;
            if (tenth > shown) tell(`Electron runtime: ${tenth * 10} %`);
            shown = Math.max(shown, tenth);
          },
        }),
    });
    return electron.executable;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    rememberFailure(electron.version, reason, process.env, Date.now());
    tell(`Opening in the browser: the Electron runtime could not be fetched (${reason}).`);
    return undefined;
  }
}

/**
 * @param {string} executable
 * @param {import("./options.mjs").StartOptions} options
 * @returns {Promise<boolean>} false when the window never came up
 */
async function openWindow(executable, options) {
  const startedAt = Date.now();
  const child = spawn(executable, [join(REPO_ROOT, "apps", "desktop"), ...workspaceFlag(options)], {
    stdio: ["ignore", 2, 2],
    cwd: calledFrom(),
  });
  const stop = () => child.kill("SIGTERM");
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP", "SIGINT"])) process.on(signal, stop);
  const code = await new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("exit", (exitCode, signal) => resolve(signal === null ? exitCode : 0));
  });
  if (code === 0) return true;
  if (Date.now() - startedAt > NEVER_CAME_UP_MS) {
    process.exitCode = code;
    return true;
  }
  tell(`The window did not open (Electron ended with code ${code}); opening in the browser instead.`);
  return false;
}
