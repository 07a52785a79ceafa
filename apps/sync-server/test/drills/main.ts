import process from "node:process";
import { parseArgs } from "node:util";
import { DrillWorld } from "./cluster.ts";
import { SCENARIOS } from "./scenarios.ts";
import { judge, type Verdict } from "./verdict.ts";
import type { Variant } from "./versions.ts";

const USAGE = `drill [NAME…] [--clients N] [--max-reconnect-ms N] [--planted]
  NAME: ${Object.keys(SCENARIOS).join(", ")} (all when none is named)
  --planted   runs a release that acknowledges before it commits; the drill must fail, and then this succeeds`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: "string", default: "60" },
    "max-reconnect-ms": { type: "string", default: "1000" },
    planted: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function run(name: string, release: Variant): Promise<Verdict | null> {
  const scenario = SCENARIOS[name];
  if (scenario === undefined) return null;
  const world = await DrillWorld.create();
  try {
    const outcome = await scenario.run(world, { clients: Number(values.clients), release });
    const verdict = await judge(world, scenario, outcome, Number(values["max-reconnect-ms"]));
    if (verdict.problems.length > 0) process.stderr.write(world.readLogs());
    return verdict;
  } finally {
    await world.remove();
  }
}

async function main(): Promise<number> {
  const names = positionals.length > 0 ? positionals : Object.keys(SCENARIOS);
  if (values.help || names.some((name) => SCENARIOS[name] === undefined)) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const results: boolean[] = [];
  for (const name of names) results.push(await report(name, values.planted));
  return results.every(Boolean) ? 0 : 1;
}

/** Runs one drill and prints its line; with a planted bug it has succeeded when it found lost edits. */
async function report(name: string, planted: boolean): Promise<boolean> {
  const startedAt = performance.now();
  const verdict = await run(name, planted ? "early-ack" : "current");
  const found = verdict === null || verdict.problems.length > 0;
  const ok = planted ? verdict !== null && verdict.lostAcked > 0 : !found;
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ drill: name, planted, ok, seconds, ...verdict })}\n`);
  return ok;
}

process.exit(await main());
