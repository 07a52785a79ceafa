import { readdir, readFile, readlink, realpath } from "node:fs/promises";

/** The process that has a port open. */
export interface PortHolder {
  readonly pid: number;
  /** Name of its program (`brltty`, `ecolocal`, `node`). */
  readonly name: string;
}

/**
 * Finds a process that has a port open by looking through `/proc/<pid>/fd` (Linux); `null` when there is none, when
 * other users' processes cannot be looked into, or on other systems.
 */
export async function findPortHolder(path: string, proc = "/proc"): Promise<PortHolder | null> {
  const target = await realpath(path).catch(() => path);
  const pids = (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name));
  const own = String(process.pid);
  for (const pid of pids.sort((a, b) => Number(b === own) - Number(a === own))) {
    if (await hasOpen(`${proc}/${pid}/fd`, target)) {
      return { pid: Number(pid), name: await programName(`${proc}/${pid}`) };
    }
  }
  return null;
}

/** What every Node program is called by the kernel, whatever it does. */
const NODE_THREAD = "MainThread";
/** How our own programs are started: by name, from the package, from the repository. */
const OURS = /(?:^|[/@])ecolocal(?:$|[/.])|apps\/(?:cli|desktop)\//;

async function programName(folder: string): Promise<string> {
  const name = (await readFile(`${folder}/comm`, "utf8").catch(() => "unknown")).trim();
  if (name !== NODE_THREAD) return name;
  const words = (await readFile(`${folder}/cmdline`, "utf8").catch(() => "")).split("\0");
  if (words.some((word) => OURS.test(word))) return "ecolocal";
  return words[0]?.split("/").at(-1) || name;
}

async function hasOpen(folder: string, target: string): Promise<boolean> {
  const descriptors = await readdir(folder).catch(() => []);
  const links = await Promise.all(descriptors.map((fd) => readlink(`${folder}/${fd}`).catch(() => "")));
  return links.includes(target);
}
