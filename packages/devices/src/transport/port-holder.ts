import { readdir, readFile, readlink, realpath } from "node:fs/promises";

/** The process that has a port open. */
export interface PortHolder {
  readonly pid: number;
  /** Command name as the kernel keeps it (`brltty`, `node`). */
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
      const name = await readFile(`${proc}/${pid}/comm`, "utf8").catch(() => "unknown");
      return { pid: Number(pid), name: name.trim() };
    }
  }
  return null;
}

async function hasOpen(folder: string, target: string): Promise<boolean> {
  const descriptors = await readdir(folder).catch(() => []);
  const links = await Promise.all(descriptors.map((fd) => readlink(`${folder}/${fd}`).catch(() => "")));
  return links.includes(target);
}
