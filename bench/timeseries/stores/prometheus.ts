import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { finalState, QUANTITIES, SCALES, type Workload } from "../workload.ts";
import { sizeOf } from "./size-of.ts";

const LINES_PER_WRITE = 100_000;

/** Size of the workload as Prometheus blocks made by promtool; null where promtool is not installed. */
export function prometheusBytes(folder: string, workload: Workload): number | null {
  if (spawnSync("promtool", ["--version"]).status !== 0) {
    return null;
  }
  const text = join(folder, "readings.om");
  const blocks = join(folder, "prometheus");
  writeOpenMetrics(text, workload);
  const args = ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=744h", "--quiet", text, blocks];
  const made = spawnSync("promtool", args, { stdio: ["ignore", "ignore", "inherit"] });
  rmSync(text);
  return made.status === 0 ? sizeOf(blocks) : null;
}

function writeOpenMetrics(file: string, workload: Workload): void {
  const out = openSync(file, "w");
  finalState(workload).forEach(({ at, scaled }, series) => {
    const name = QUANTITIES[series];
    let lines = `# TYPE ${name} gauge\n`;
    for (let i = 0; i < at.length; i++) {
      lines += `${name} ${(scaled[i] as number) / (SCALES[series] ?? 1)} ${(at[i] as number) / 1000}\n`;
      if (i % LINES_PER_WRITE === 0) {
        writeSync(out, lines);
        lines = "";
      }
    }
    writeSync(out, lines);
  });
  writeSync(out, "# EOF\n");
  closeSync(out);
}
