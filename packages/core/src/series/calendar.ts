import { DAY_MS, HOUR_MS, type Instant } from "../shared/index.ts";
import type { TimeRange } from "./reading-store.ts";
import { type OffsetSpan, offsetSpans } from "./zone-offset.ts";

export type CalendarUnit = "hour" | "day" | "week" | "month" | "year";

/** A calendar period in an IANA zone; weeks begin on Monday (ISO 8601). */
export interface CalendarPeriod {
  readonly unit: CalendarUnit;
  readonly timeZone: string;
}

const LONGEST_MS: Record<CalendarUnit, number> = {
  hour: 2 * HOUR_MS,
  day: 2 * DAY_MS,
  week: 8 * DAY_MS,
  month: 32 * DAY_MS,
  year: 367 * DAY_MS,
};

/**
 * Lists the calendar edges of a span of time: edge `i` begins period `i`, the last edge ends the last period.
 *
 * The first edge is at or before `from`, the last at or after `to`. A day begins at the first instant whose local
 * date is that day, so that days of 23, 25 and 24½ hours, and days without a midnight, come out whole.
 */
export function periodEdges(range: TimeRange, period: CalendarPeriod): Float64Array {
  if (!(range.to > range.from)) {
    return new Float64Array(0);
  }
  const margin = LONGEST_MS[period.unit];
  const spans = offsetSpans(period.timeZone, range.from - margin, range.to + margin);
  const edges = period.unit === "hour" ? hourEdges(spans) : dateEdges(spans, period.unit);
  let first = 0;
  while (first + 1 < edges.length && (edges[first + 1] ?? 0) <= range.from) {
    first++;
  }
  let last = first + 1;
  while (last + 1 < edges.length && (edges[last] ?? 0) < range.to) {
    last++;
  }
  return Float64Array.from(edges.slice(first, last + 1));
}

function hourEdges(spans: readonly OffsetSpan[]): number[] {
  const edges: number[] = [];
  let lastHour: number | null = null;
  for (const span of spans) {
    const first = Math.ceil((span.from + span.offsetMs) / HOUR_MS) * HOUR_MS - span.offsetMs;
    const hour = Math.floor((span.from + span.offsetMs) / HOUR_MS);
    if (lastHour !== null && hour !== lastHour && first > span.from) {
      // Clocks moved by half an hour into the middle of another hour, which is shorter then.
      edges.push(span.from);
    }
    lastHour = Math.floor((span.to - 1 + span.offsetMs) / HOUR_MS);
    for (let at = first; at < span.to; at += HOUR_MS) {
      edges.push(at);
    }
  }
  return edges;
}

function dateEdges(spans: readonly OffsetSpan[], unit: Exclude<CalendarUnit, "hour">): number[] {
  const edges: number[] = [];
  const firstSpan = spans[0];
  const lastSpan = spans.at(-1);
  if (!firstSpan || !lastSpan) {
    return edges;
  }
  const end = lastSpan.to + lastSpan.offsetMs;
  let index = 0;
  for (
    let local = periodStart(firstSpan.from + firstSpan.offsetMs, unit);
    local < end;
    local = nextStart(local, unit)
  ) {
    let at = firstInstantAtOrAfter(spans[index], local);
    while (at === null && index + 1 < spans.length) {
      index++;
      at = firstInstantAtOrAfter(spans[index], local);
    }
    if (at !== null && at !== edges.at(-1)) {
      edges.push(at);
    }
  }
  return edges;
}

/** The earliest instant of the span whose local clock shows `local` or later; null when the span ends before. */
function firstInstantAtOrAfter(span: OffsetSpan | undefined, local: number): Instant | null {
  if (!span) {
    return null;
  }
  const at = Math.max(span.from, local - span.offsetMs);
  return at < span.to ? at : null;
}

/** Start of the period around a local time, both counted as if the local clock were UTC. */
function periodStart(local: number, unit: Exclude<CalendarUnit, "hour">): number {
  const day = Math.floor(local / DAY_MS);
  if (unit === "day") {
    return day * DAY_MS;
  }
  if (unit === "week") {
    return (day - ((day + 3) % 7)) * DAY_MS;
  }
  const date = new Date(local);
  return Date.UTC(date.getUTCFullYear(), unit === "month" ? date.getUTCMonth() : 0, 1);
}

function nextStart(local: number, unit: Exclude<CalendarUnit, "hour">): number {
  if (unit === "day") {
    return local + DAY_MS;
  }
  if (unit === "week") {
    return local + 7 * DAY_MS;
  }
  const date = new Date(local);
  return unit === "month"
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
    : Date.UTC(date.getUTCFullYear() + 1, 0, 1);
}

/** Edges of `points` equal buckets over a span, as whole milliseconds; bucket `i` holds `edge[i]` ≤ t < `edge[i + 1]`. */
export function equalEdges(range: TimeRange, points: number): Float64Array {
  const span = range.to - range.from;
  const edges = new Float64Array(points + 1);
  for (let i = 0; i <= points; i++) {
    edges[i] = range.from + Math.ceil((i * span) / points);
  }
  return edges;
}

/**
 * Edges of at most `points` + 1 equal buckets of whole UTC hours around a span, which hour rollups can answer; for
 * spans too short for that the same as `equalEdges`.
 */
export function hourAlignedEdges(range: TimeRange, points: number): Float64Array {
  const start = Math.floor(range.from / HOUR_MS) * HOUR_MS;
  const hours = Math.ceil((range.to - start) / HOUR_MS);
  if (hours < points) {
    return equalEdges(range, points);
  }
  const width = Math.ceil(hours / points);
  return Float64Array.from({ length: Math.ceil(hours / width) + 1 }, (_, i) => start + i * width * HOUR_MS);
}
