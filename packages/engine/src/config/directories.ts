import { homedir, tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** Where EcoLocal keeps things on this computer, outside any workspace. */
export interface Directories {
  /** Workspaces made without naming a folder, the demo among them. */
  readonly data: string;
  readonly config: string;
  readonly cache: string;
  /** What is remembered between runs: the last workspace. */
  readonly state: string;
  /** Sockets; only this user may enter. */
  readonly runtime: string;
}

export interface HostFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly temporary: string;
  /** Numeric user id, or the name where there is none (Windows). */
  readonly user: string;
}

const NAME = "ecolocal";

/** Reads the facts about this computer; the only place that looks at the environment. */
export function readHostFacts(): HostFacts {
  const { uid, username } = userInfo();
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    temporary: tmpdir(),
    user: uid >= 0 ? String(uid) : username,
  };
}

/**
 * Names the directories: XDG on Linux, Library on macOS, AppData on Windows, each replaced by
 * `ECOLOCAL_DATA_DIR`, `ECOLOCAL_CONFIG_DIR` or `ECOLOCAL_CACHE_DIR` where that is set.
 *
 * A replaced data directory also holds the state, so that one variable separates an installation completely.
 * Source: freedesktop.org, XDG Base Directory Specification 0.8; shared facts "product.md" §3.14.
 */
export function resolveDirectories(facts: HostFacts = readHostFacts()): Directories {
  const own = platformDirectories(facts);
  const data = facts.env["ECOLOCAL_DATA_DIR"];
  return {
    data: data || own.data,
    config: facts.env["ECOLOCAL_CONFIG_DIR"] || own.config,
    cache: facts.env["ECOLOCAL_CACHE_DIR"] || own.cache,
    state: data ? join(data, "state") : own.state,
    runtime: own.runtime,
  };
}

function platformDirectories(facts: HostFacts): Directories {
  const { env, home } = facts;
  const runtime = join(facts.temporary, `${NAME}-${facts.user}`);
  if (facts.platform === "win32") {
    const local = join(env["LOCALAPPDATA"] || join(home, "AppData", "Local"), NAME);
    return { data: local, config: local, cache: join(local, "cache"), state: join(local, "state"), runtime };
  }
  if (facts.platform === "darwin") {
    const support = join(home, "Library", "Application Support", NAME);
    return {
      data: support,
      config: support,
      cache: join(home, "Library", "Caches", NAME),
      state: join(support, "state"),
      runtime,
    };
  }
  const xdg = (name: string, ...fallback: string[]): string => {
    const value = env[name];
    // The specification says that relative paths are to be ignored.
    return join(value?.startsWith("/") ? value : join(home, ...fallback), NAME);
  };
  const runtimeBase = env["XDG_RUNTIME_DIR"];
  return {
    data: xdg("XDG_DATA_HOME", ".local", "share"),
    config: xdg("XDG_CONFIG_HOME", ".config"),
    cache: xdg("XDG_CACHE_HOME", ".cache"),
    state: xdg("XDG_STATE_HOME", ".local", "state"),
    runtime: runtimeBase?.startsWith("/") ? join(runtimeBase, NAME) : runtime,
  };
}

export function demoWorkspacePath(directories: Directories): string {
  return join(directories.data, "demo");
}

/** Where a workspace goes when nobody names a folder. */
export function defaultWorkspacePath(directories: Directories): string {
  return join(directories.data, "workspace");
}
