import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * @typedef {object} Holder
 * @property {string} token
 * @property {number} pid
 * @property {number} [childPid] the installer, which outlives a killed launcher
 * @property {string} host
 */

const HEARTBEAT_MS = 2000;
/** A holder on another machine (a shared folder, a container) counts as gone after this silence. */
const FOREIGN_SILENCE_MS = 60_000;
const CONFIRM_MS = 60;
const POLL_MS = 200;

/**
 * Waits until this process alone holds the lock file, and returns its handle.
 *
 * The lock survives `kill -9`: a holder whose process and child are gone is pushed aside. The file is created
 * complete with `link`, and looked at again after a moment, because two waiters may push the same dead one aside.
 *
 * @param {string} path
 * @param {{onWait?: (holder: Holder) => void}} [options]
 */
export async function acquireLock(path, { onWait } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const token = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const mine = { token, pid: process.pid, host: hostname() };
  let told = false;
  for (;;) {
    if (tryCreate(path, mine)) {
      await pause(CONFIRM_MS);
      if (readHolder(path)?.token === token) return holdLock(path, mine);
    }
    const holder = readHolder(path);
    if (holder !== undefined && !isAlive(holder, path)) {
      pushAside(path, holder);
      continue;
    }
    if (holder !== undefined && !told) {
      told = true;
      onWait?.(holder);
    }
    await pause(POLL_MS);
  }
}

/**
 * @param {string} path
 * @param {Holder} mine
 */
function holdLock(path, mine) {
  const beat = setInterval(() => touch(path), HEARTBEAT_MS);
  beat.unref();
  return {
    /** Keeps the lock held while this child lives, even when the launcher is killed. @param {number} childPid */
    coverChild(childPid) {
      const next = `${path}.${mine.token}`;
      writeFileSync(next, JSON.stringify({ ...mine, childPid }));
      renameSync(next, path);
    },
    release() {
      clearInterval(beat);
      if (readHolder(path)?.token === mine.token) rmSync(path, { force: true });
    },
  };
}

/**
 * @param {string} path
 * @param {Holder} mine
 */
function tryCreate(path, mine) {
  const draft = `${path}.${mine.token}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {Holder | undefined}
 */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    // A file that is no JSON was written by nobody we know: treat its holder as gone.
    if (error instanceof SyntaxError) return { token: "", pid: 0, host: hostname() };
    throw error;
  }
}

/**
 * @param {Holder} holder
 * @param {string} path
 */
function isAlive(holder, path) {
  if (holder.host !== hostname()) return silenceMs(path) < FOREIGN_SILENCE_MS;
  return isRunning(holder.pid) || (holder.childPid !== undefined && isRunning(holder.childPid));
}

/** @param {string} path */
function silenceMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** A killed process that nobody has waited for still answers signals. @param {number} pid */
function isZombie(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}

/**
 * Removes a dead holder's file, and puts it back when it turns out to be a newer holder's.
 *
 * @param {string} path
 * @param {Holder} dead
 */
function pushAside(path, dead) {
  const aside = `${path}.dead-${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    renameSync(path, aside);
    if (readHolder(aside)?.token !== dead.token) linkSync(aside, path);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {string} path */
function touch(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Whoever removed the file has taken the lock over; the next look at it says so.
  }
}
