import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} why
 * @property {string[]} commands any of these on the PATH will do
 * @property {() => string[]} [folders] where else than on the PATH they may lie
 * @property {string} [variable] an environment variable that names the executable instead
 * @property {string[]} packages Debian packages
 */

/** @type {Part[]} */
export const SYSTEM_PARTS = [
  {
    name: "chromium",
    why: "end-to-end tests run in a real Chromium",
    commands: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    variable: "ECOLOCAL_CHROMIUM",
    packages: ["chromium", "fonts-liberation"],
  },
  {
    name: "socat",
    why: "sensor tests run on pseudo-terminals made with socat",
    commands: ["socat"],
    packages: ["socat"],
  },
  {
    name: "postgresql",
    why: "the server's tests run on a real PostgreSQL",
    commands: ["initdb"],
    folders: postgresFolders,
    packages: ["postgresql"],
  },
  {
    name: "redis-server",
    why: "the server's tests run on a real Redis",
    commands: ["redis-server"],
    packages: ["redis-server"],
  },
  {
    name: "nginx",
    why: "drills of the sync server run behind a real proxy",
    // Debian keeps it off the PATH of people who are not root.
    commands: ["nginx", "../sbin/nginx"],
    packages: ["nginx-light"],
  },
  {
    name: "promtool",
    why: "alert rules have tests",
    commands: ["promtool"],
    packages: ["prometheus"],
  },
  {
    name: "amtool",
    why: "alert routes have tests",
    commands: ["amtool"],
    packages: ["prometheus-alertmanager"],
  },
  {
    name: "yamllint",
    why: "the files of deploy are linted",
    commands: ["yamllint"],
    packages: ["yamllint"],
  },
  {
    name: "shellcheck",
    why: "shell scripts are linted",
    commands: ["shellcheck"],
    packages: ["shellcheck"],
  },
  {
    name: "systemd-analyze",
    why: "systemd reads the units and measures their hardening",
    commands: ["systemd-analyze"],
    packages: ["systemd"],
  },
];

/** Debian keeps the binaries of each PostgreSQL version off the PATH. */
function postgresFolders() {
  const root = "/usr/lib/postgresql";
  return existsSync(root) ? readdirSync(root).map((version) => join(root, version, "bin")) : [];
}

/**
 * @param {string[]} commands
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the first executable found
 */
export function findCommand(commands, env) {
  for (const dir of (env["PATH"] ?? "").split(delimiter).filter(Boolean)) {
    for (const command of commands) {
      const path = join(dir, command);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/**
 * @param {Part} part
 * @param {NodeJS.ProcessEnv} env
 */
export function findPart(part, env) {
  const named = part.variable === undefined ? undefined : env[part.variable];
  if (named !== undefined && existsSync(named)) return named;
  return findCommand(part.commands, env) ?? findCommand(part.commands, { PATH: part.folders?.().join(delimiter) });
}

/**
 * Finds the system parts that tests need, installing what is missing where that is allowed and possible.
 *
 * @param {{install: boolean, env: NodeJS.ProcessEnv, say: (text: string) => void, parts?: Part[]}} options
 * @returns {{missing: {name: string, detail: string}[]}}
 */
export function provideSystemParts({ install, env, say, parts = SYSTEM_PARTS }) {
  const absent = () => parts.filter((part) => findPart(part, env) === undefined);
  const wanted = absent();
  if (wanted.length === 0) return { missing: [] };
  const packages = wanted.flatMap((part) => part.packages);
  const apt = install ? aptPrefix(env) : undefined;
  if (apt !== undefined) {
    say(`Installing through apt: ${packages.join(" ")} (${wanted.map(({ why }) => why).join("; ")}).`);
    installQuietly(apt, packages, env, say);
  }
  const command = `sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  return {
    missing: absent().map(({ name, why }) => ({
      name,
      detail: `${name} is missing: ${why}.\nGet it with:  ${command}`,
    })),
  };
}

/**
 * How apt can be called here without asking anybody.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[] | undefined}
 */
function aptPrefix(env) {
  if (findCommand(["apt-get"], env) === undefined) return undefined;
  if (process.getuid?.() === 0) return [];
  const sudo = findCommand(["sudo"], env);
  return sudo !== undefined && spawnSync(sudo, ["-n", "true"]).status === 0 ? [sudo, "-n"] : undefined;
}

const POLICY = "/usr/sbin/policy-rc.d";
const POLICY_MARK = "# written by EcoLocal's test set-up while it installs packages; safe to remove";

/**
 * @param {string[]} prefix
 * @param {string[]} packages
 * @param {NodeJS.ProcessEnv} env
 * @param {(text: string) => void} say
 */
function installQuietly(prefix, packages, env, say) {
  // Debian asks this file before any package script starts a service; 101 means "action forbidden".
  const added = forbidServices(prefix);
  try {
    run(prefix, ["apt-get", "update", "-q"], env, say);
    run(prefix, ["apt-get", "install", "-y", "-q", "--no-install-recommends", ...packages], env, say);
  } finally {
    if (added) allowServices(prefix);
  }
}

/** @param {string[]} prefix */
function forbidServices(prefix) {
  if (existsSync(POLICY)) return readFileSync(POLICY, "utf8").includes(POLICY_MARK);
  const text = `#!/bin/sh\n${POLICY_MARK}\nexit 101\n`;
  if (prefix.length === 0) {
    writeFileSync(POLICY, text, { mode: 0o755 });
    return true;
  }
  const draft = join("/var/tmp", `ecolocal-policy-${process.pid}`);
  writeFileSync(draft, text, { mode: 0o755 });
  const [sudo = "sudo", ...flags] = prefix;
  const done = spawnSync(sudo, [...flags, "install", "-m", "755", draft, POLICY]).status === 0;
  rmSync(draft, { force: true });
  return done;
}

/** @param {string[]} prefix */
function allowServices(prefix) {
  const [program = "", ...args] = [...prefix, "rm", "-f", POLICY];
  spawnSync(program, args);
}

/**
 * @param {string[]} prefix
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {(text: string) => void} say
 */
function run(prefix, command, env, say) {
  const [program = "", ...args] = [
    ...prefix,
    ...(prefix.length > 0 ? ["env", "DEBIAN_FRONTEND=noninteractive"] : []),
    ...command,
  ];
  const { status, stderr } = spawnSync(program, args, {
    env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) say(`${command.slice(0, 2).join(" ")} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
}
