import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { atMost, type Benchmark } from "../lib/record.ts";
import { type Contender, interleaved } from "../lib/timing.ts";

const CLI = join(import.meta.dirname, "..", "..", "apps", "cli", "bin", "run.js");
const ROUNDS = { quick: 5, usual: 21, full: 51 };

/** A command from nothing to its last line, beside a Node that does nothing. */
export const benchmark: Benchmark = {
  title: "CLI cold start",
  async run({ folder, scale, report }) {
    const env = { ...process.env, ECOLOCAL_DATA_DIR: join(folder, "data") };
    const run = (name: string, args: readonly string[]): Contender => ({
      name,
      run() {
        const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
        if (status !== 0) throw new TypeError(`${name} ended with ${status}: ${stderr}`);
      },
    });
    const commands = {
      "ecolocal status": ["status"],
      "ecolocal index us-aqi pm25=35.9": ["index", "us-aqi", "pm25=35.9"],
      "ecolocal recommend list": ["recommend", "list", "--json"],
    };
    run("ecolocal init", [CLI, "init", "--json"]).run();
    const contenders = [
      run("node", ["-e", "0"]),
      ...Object.entries(commands).map(([name, args]) => run(name, [CLI, ...args])),
    ];
    const costs = await interleaved(contenders, ROUNDS[scale]);
    const node = costs.get("node")?.wallMs ?? Number.NaN;
    for (const name of Object.keys(commands)) {
      report({
        measure: name,
        ours: costs.get(name)?.wallMs ?? Number.NaN,
        peer: node,
        peerName: "node -e 0",
        unit: "ms",
        better: "share",
        ...(name === "ecolocal status" ? { target: atMost(8) } : {}),
      });
    }
  },
};
