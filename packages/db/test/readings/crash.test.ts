import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { crashExpectation, crashStart } from "./crash-plan.ts";
import { openStore } from "./open.ts";

const ROUNDS = process.env["ECOLOCAL_LONG"] ? 200 : 20;
const CHILD = fileURLToPath(new URL("./crash-child.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ecolocal-crash-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the child until it has said something and a random while has passed, then kills it as a power cut would. */
async function killedRun(
  file: string,
  first: number,
  afterMs: number,
): Promise<{ acknowledged: number; compactions: number }> {
  const child: ChildProcess = spawn(process.execPath, ["--conditions=source", CHILD, file, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") },
  });
  let said = "";
  const spoke = new Promise<void>((resolve) => {
    child.stdout?.on("data", (data: Buffer) => {
      said += data.toString();
      resolve();
    });
  });
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  await Promise.race([spoke, closed]);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill("SIGKILL");
  await closed;
  const lines = said.split("\n").slice(0, -1);
  const acknowledged = Number(lines.findLast((line) => line !== "compacted") ?? first);
  return { acknowledged, compactions: lines.filter((line) => line === "compacted").length };
}

/** Opens what the killed process left and compares every reading; returns how many readings are there for sure. */
function checkLeftovers(file: string, acknowledged: number): number {
  const { db, store } = openStore(crashStart(acknowledged) + 4 * 86_400_000, file);
  expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
  const stored = new Map<string, Map<number, number>>();
  for (const id of ["s0", "s1", "s2", "s3"]) {
    const series = new Map<number, number>();
    let last = Number.NEGATIVE_INFINITY;
    let isAscending = true;
    for (const block of store.range({ channelId: id, from: 0, to: Number.MAX_SAFE_INTEGER / 2 })) {
      block.at.forEach((at, i) => {
        isAscending &&= at > last;
        last = at;
        series.set(at, block.value[i]!);
      });
    }
    expect(isAscending).toBe(true);
    stored.set(id, series);
  }
  // The batch that was under way may be there as a whole: it was committed, only not yet acknowledged.
  const candidates = [acknowledged, acknowledged + 40];
  const present = candidates.find((count) => sameReadings(stored, crashExpectation(count)));
  expect(present).toBeDefined();
  const report = store.verify();
  expect(report.findings).toEqual([]);
  db.close();
  return present!;
}

function sameReadings(a: Map<string, Map<number, number>>, b: Map<string, Map<number, number>>): boolean {
  return [...a].every(([id, series]) => {
    const other = b.get(id) ?? new Map<number, number>();
    return series.size === other.size && [...series].every(([at, value]) => other.get(at) === value);
  });
}

it(
  `${ROUNDS} processes killed while they store and seal lose no acknowledged reading, and every rollup equals its recomputation`,
  async () => {
    const file = join(folder, "crash.db");
    openStore(crashStart(0), file).db.close();
    let acknowledged = 0;
    let compactions = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const run = await killedRun(file, acknowledged, 40 + ((round * 97) % 260));
      compactions += run.compactions;
      acknowledged = checkLeftovers(file, run.acknowledged);
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS * 40);
    expect(compactions).toBeGreaterThan(0);
  },
  ROUNDS * 8000,
);
