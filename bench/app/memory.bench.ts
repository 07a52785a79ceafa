import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { atMost, type Benchmark } from "../lib/record.ts";
import { median } from "../lib/timing.ts";
import { runCli, serveApp } from "./browser.ts";

const SENSORS = 10;
const SECONDS = { quick: 10, usual: 60, full: 600 };
const LIMIT_MB = 120;

/** Resident memory of the process that reads ten sensors, each once a second. */
export const benchmark: Benchmark = {
  title: "memory while measuring",
  async run({ folder, scale, report, say }) {
    const env = {
      ...process.env,
      ECOLOCAL_DATA_DIR: join(folder, "data"),
      ECOLOCAL_CONFIG_DIR: join(folder, "config"),
    };
    const workspace = join(folder, "workspace");
    await runCli(["init", workspace, "--name", "Bench", "--json"], env);
    for (let index = 0; index < SENSORS; index++) {
      const where = ["--workspace", workspace, "--driver", "sds011", "--port", `sim:sds011?seed=${index}`];
      await runCli(["sensor", "add", ...where, "--name", `Sensor ${index}`, "--json"], env);
    }
    const app = await serveApp(["--workspace", workspace], env);
    say(`measuring for ${SECONDS[scale]} s`);
    const samples: number[] = [];
    for (let second = 0; second < SECONDS[scale]; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      samples.push(residentMb(app.pid));
    }
    await app.stop();
    const steady = samples.slice(Math.floor(samples.length / 2));
    const common = { ours: median(steady), unit: "MB", better: "share" } as const;
    report({
      ...common,
      measure: `host with ${SENSORS} sensors at 1 Hz`,
      peer: LIMIT_MB,
      peerName: "limit",
      target: atMost(1),
    });
    report({
      ...common,
      measure: `host with ${SENSORS} sensors at 1 Hz, beside plain node`,
      peer: plainNodeMb(),
      peerName: "node -e 0",
    });
  },
};

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

function plainNodeMb(): number {
  const { stdout } = spawnSync(process.execPath, ["-e", "console.log(process.memoryUsage.rss())"], {
    encoding: "utf8",
  });
  return Number(stdout) / 1024 ** 2;
}
