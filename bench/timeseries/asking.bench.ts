import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { ReadingDatabase } from "../../packages/db/src/readings/index.ts";
import { atMost, type Benchmark, type Measure } from "../lib/record.ts";
import { ASKED, type Asked, MEASURED } from "./asking-child.ts";
import { openOurs } from "./stores/ours.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Ten sensors store a reading a second while callers ask about a year of minutes without a pause (ADR 0004). */
export const benchmark: Benchmark = {
  title: "questions beside ingest",
  async run(options) {
    const isQuick = options.scale === "quick";
    const to = Date.UTC(2026, 0, 1);
    const from = to - (isQuick ? 60 : 365) * DAY_MS;
    const file = join(options.folder, "asking.db");
    options.say("ten channels of minutes");
    const { db, store } = openOurs(file, { at: to }, [...ASKED, ...MEASURED]);
    fill(store, from, to);
    db.close();
    options.say("four callers while ten sensors are stored");
    const child = join(import.meta.dirname, "asking-child.ts");
    const args = ["--conditions=source", "--expose-gc", child, file, String(from), String(to), isQuick ? "4" : "20"];
    const ran = spawnSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    const asked = JSON.parse(ran.stdout) as Asked;
    options.report(limit("longest delay of the second's write while four ask", asked.delayMs, 100, "ms"));
    options.report(limit("resident memory added while four ask for year charts", asked.chartsMb, 80, "MB"));
    options.report(limit("resident memory added while four ask everything of a year", asked.allMb, 80, "MB"));
    options.report(limit("year of minutes as 1,000 exact buckets, while three others ask", asked.tookMs, 200, "ms"));
    options.report(limit("until a cancelled question has stopped", asked.cancelMs, 50, "ms"));
  },
};

function limit(measure: string, ours: number, peer: number, unit: string): Measure {
  return { measure, ours, peer, peerName: "limit", unit, better: "share", target: atMost(1) };
}

/** Fills the channels that are asked about, and compresses them as an app does that has run for a while. */
function fill(store: ReadingDatabase, from: number, to: number): void {
  const length = (to - from) / MINUTE_MS;
  const at = Float64Array.from({ length }, (_, i) => from + i * MINUTE_MS);
  ASKED.forEach((id, channel) => {
    const value = at.map((_, i) => Math.round(120 + 80 * Math.sin(i / 230 + channel) + ((i * 7919) % 17)) / 10);
    const batch = { channelIds: [id], channel: new Uint8Array(length), at, value, quality: new Uint16Array(length) };
    const kept = store.importBatch(batch);
    if (!kept.ok) throw new TypeError(kept.error.detail);
  });
  for (let isDone = false; !isDone; ) {
    const step = store.compactStep(1000);
    if (!step.ok) throw new TypeError(step.error.detail);
    isDone = step.value.done;
  }
}
