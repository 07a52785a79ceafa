import { readFileSync, writeFileSync } from "node:fs";

/** Makes Linux count the peak of resident memory from now on; loading the program is not what is measured. */
export function forgetPeak(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // Other systems report the resident size at the end instead.
  }
}

/** Most resident memory since `forgetPeak`. */
export function peakBytes(): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    return process.memoryUsage().rss;
  }
}
