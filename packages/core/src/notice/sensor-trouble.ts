import { type Instant, MINUTE_MS, SECOND_MS } from "../shared/index.ts";
import type { Notice, NoticeFinding } from "./notice.ts";

/** A sensor as far as its silence is concerned; times are UTC epoch milliseconds. */
export interface SensorSeen {
  readonly id: string;
  readonly name: string;
  /** The interval at which readings are expected, ms. */
  readonly intervalMs: number;
  readonly freshness: "live" | "late" | "offline" | "never";
  readonly lastReadingAt: Instant | null;
  /** Since when its device has been away; null while it is there. */
  readonly goneSince: Instant | null;
}

/** Since when the watching goes on without a break: the start of the program, or the end of the computer's sleep. */
export interface Watching {
  readonly now: Instant;
  readonly awakeSince: Instant;
}

/** Pulling a plug and putting it in again is nothing to tell. */
const GONE_HOLDS_MS = 30 * SECOND_MS;

/**
 * Judges one sensor: its trouble, null when it is well, or `undecided` while it is too early to say.
 *
 * Late is what `freshness` calls so: silent for more than three expected intervals, a minute at least. After a start or a
 * sleep one interval (a minute at least) must pass first, because nothing was heard meanwhile. One trouble of a sensor
 * is told at a time; it is over when a reading came that is newer than the trouble.
 */
export function sensorTrouble(
  sensor: SensorSeen,
  { now, awakeSince }: Watching,
  open: Notice | undefined,
): NoticeFinding | null | "undecided" {
  const since = sensor.lastReadingAt ?? 0;
  if (open !== undefined) {
    const told = Number(open.values["since"] ?? 0);
    return sensor.goneSince === null && sensor.freshness === "live" && since > told ? null : open;
  }
  const awakeMs = now - awakeSince;
  const late = sensor.freshness === "late" || sensor.freshness === "offline";
  if (late && awakeMs < Math.max(sensor.intervalMs, MINUTE_MS)) return "undecided";
  const values = { sensor: sensor.name, since };
  if (late) return { kind: "sensor_late", subject: sensor.id, values };
  if (sensor.goneSince === null) return null;
  if (now - Math.max(sensor.goneSince, awakeSince) < GONE_HOLDS_MS) return "undecided";
  return { kind: "sensor_disconnected", subject: sensor.id, values };
}
