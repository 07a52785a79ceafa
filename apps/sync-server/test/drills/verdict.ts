import type { DrillWorld } from "./cluster.ts";
import type { Scenario, ScenarioOutcome } from "./scenarios.ts";

/** What a drill measured. */
export interface Verdict {
  readonly made: number;
  readonly acked: number;
  /** Edits that a server called durable and that are not in the store. */
  readonly lostAcked: number;
  readonly unacked: number;
  readonly closes: Readonly<Record<string, number>>;
  readonly refused: number;
  readonly reconnectMs: { readonly p50: number; readonly p99: number };
  /** Most reconnects within a tenth of a second. */
  readonly herd: number;
  readonly events: readonly string[];
  readonly problems: readonly string[];
}

/** Counts, and lists everything that may not have happened. */
export async function judge(
  world: DrillWorld,
  scenario: Scenario,
  outcome: ScenarioOutcome,
  maxReconnectMs: number,
): Promise<Verdict> {
  const stored = await world.storedEdits();
  const acked = world.clients.flatMap((client) => client.acknowledged);
  const lostAcked = acked.filter((name) => !stored.has(name)).length;
  const made = sum(world.clients.map((client) => client.made));
  const unacked = sum(world.clients.map((client) => client.unacknowledged));
  const { closes, refused, reconnectsMs, openedAt } = world.stats;
  const p99 = quantile(reconnectsMs, 0.99);
  const problems = [...outcome.problems];
  if (made === 0 || acked.length === 0) problems.push("nobody wrote anything");
  if (lostAcked > 0) problems.push(`${lostAcked} acknowledged edits are lost`);
  if (unacked > 0) problems.push(`${unacked} edits were never acknowledged`);
  const unplanned = Object.keys(closes).filter((code) => !scenario.closes.includes(code));
  if (unplanned.length > 0) problems.push(`connections were closed with ${unplanned.join(", ")}`);
  if (scenario.closes.length === 1 && p99 > maxReconnectMs)
    problems.push(`p99 reconnect ${p99} ms > ${maxReconnectMs} ms`);
  return {
    made,
    acked: acked.length,
    lostAcked,
    unacked,
    closes,
    refused,
    reconnectMs: { p50: quantile(reconnectsMs, 0.5), p99 },
    herd: herd(openedAt.slice(world.clients.length)),
    events: outcome.events,
    problems,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

function herd(times: readonly number[]): number {
  const buckets = Map.groupBy(times, (time) => Math.floor(time / 100));
  return Math.max(0, ...[...buckets.values()].map((bucket) => bucket.length));
}
