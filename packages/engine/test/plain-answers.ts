/** What every question about readings must be answered with, worked out in the plainest way from a list of readings. */

export interface PlainReading {
  readonly at: number;
  readonly value: number;
}

const HOUR_MS = 3_600_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock in a zone shows: the local date, weekday, hour and minute. */
export function clockAt(zone: string, at: number) {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      weekday: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    clocks.set(zone, clock);
  }
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(parts["weekday"] ?? "");
  const day = `${parts["year"]}-${parts["month"]}-${parts["day"]}`;
  return { day, weekday, hour: Number(parts["hour"]), minute: Number(parts["minute"]) };
}

const STEP_MS = 5 * 60_000;

/**
 * When the hour on the clock began: at its full hour, or where the clock was put forward into its middle. Where it was put
 * back within it, it lasts longer.
 */
export function clockHourStart(zone: string, at: number): number {
  const { day, hour } = clockAt(zone, at);
  let start = Math.floor(at / STEP_MS) * STEP_MS;
  while (clockAt(zone, start).minute !== 0) {
    const before = clockAt(zone, start - STEP_MS);
    if (before.day !== day || before.hour !== hour) break;
    start -= STEP_MS;
  }
  return start;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function grouped(readings: readonly PlainReading[], key: (reading: PlainReading) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const reading of readings) groups.set(key(reading), [...(groups.get(key(reading)) ?? []), reading.value]);
  return groups;
}

/** Means by what `key` says of a reading; groups without readings are absent. */
export function meansBy(readings: readonly PlainReading[], key: (reading: PlainReading) => string) {
  return new Map([...grouped(readings, key)].map(([name, values]) => [name, { n: values.length, mean: mean(values) }]));
}

export function sumsBy(readings: readonly PlainReading[], key: (reading: PlainReading) => string) {
  return new Map([...grouped(readings, key)].map(([name, values]) => [name, values.reduce((a, b) => a + b, 0)]));
}

export function exceedanceOf(readings: readonly PlainReading[], threshold: number, gapMs: number, intervalMs: number) {
  const above = readings.filter(({ value }) => value > threshold);
  const episodes: { from: number; to: number; readings: number; max: number }[] = [];
  for (const { at, value } of above) {
    const last = episodes.at(-1);
    const before = readings.findLast((reading) => reading.at < at);
    if (last && before && before.value > threshold && at - before.at <= gapMs) {
      last.to = at + intervalMs;
      last.readings++;
      last.max = Math.max(last.max, value);
    } else episodes.push({ from: at, to: at + intervalMs, readings: 1, max: value });
  }
  const durationMs = episodes.reduce((sum, { from, to }) => sum + to - from, 0);
  const share = readings.length === 0 ? null : above.length / readings.length;
  return { readings: readings.length, exceeding: above.length, share, durationMs, episodes };
}

/** What a meter counted between two readings; it counted from zero where it shows a tenth of before or less. */
function countedBetween(earlier: PlainReading, later: PlainReading): number {
  if (later.value >= earlier.value) return later.value - earlier.value;
  return later.value >= 0 && later.value <= earlier.value / 10 ? later.value : 0;
}

/** Use in each period: what the meter counted between two readings, by how much of that time lies in the period. */
export function useOf(
  readings: readonly PlainReading[],
  periods: readonly (readonly [number, number])[],
  gapMs: number,
) {
  const pairs = readings.slice(1).map((later, i) => [readings[i] as PlainReading, later] as const);
  return periods.map(([start, end]) => {
    const use = { used: 0, estimated: 0 };
    for (const [earlier, later] of pairs) {
      const overlap = Math.max(0, Math.min(later.at, end) - Math.max(earlier.at, start));
      const isGap = later.value >= earlier.value && later.at - earlier.at > gapMs;
      const isWithin = earlier.at >= start && later.at <= end;
      const share = (countedBetween(earlier, later) * overlap) / (later.at - earlier.at);
      use[isGap && !isWithin ? "estimated" : "used"] += share;
    }
    return use;
  });
}

/** Mean of the value that holds, in each period; a value holds until the next reading, `holdMs` at most. */
export function heldMeans(
  readings: readonly PlainReading[],
  periods: readonly (readonly [number, number])[],
  holdMs: number,
) {
  return periods.map(([start, end]) => {
    let area = 0;
    let heldMs = 0;
    for (const [i, { at, value }] of readings.entries()) {
      const until = Math.min(readings[i + 1]?.at ?? Number.POSITIVE_INFINITY, at + holdMs);
      const overlap = Math.min(until, end) - Math.max(at, start);
      if (overlap <= 0) continue;
      area += value * overlap;
      heldMs += overlap;
    }
    return { mean: heldMs > 0 ? area / heldMs : Number.NaN, heldMs };
  });
}

/** Calendar days of a zone within a span, found by looking at the clock every quarter of an hour. */
export function daysWithin(zone: string, from: number, to: number): [number, number][] {
  const edges = [from];
  const step = HOUR_MS / 4;
  for (let at = Math.floor(from / step) * step + step; at < to; at += step) {
    if (clockAt(zone, at).day !== clockAt(zone, at - 1).day) edges.push(at);
  }
  return edges.map((start, i) => [start, edges[i + 1] ?? to]);
}
