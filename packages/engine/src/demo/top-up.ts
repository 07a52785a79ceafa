import { type Failure, type Instant, MINUTE_MS, ok, type Result } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { importSeries } from "./build-demo.ts";
import { type DemoSeries, demoStart, inventHistory } from "./demo-history.ts";
import { DEMO_SENSORS } from "./demo-sensors.ts";

/** Shorter pauses are left to the sensors. */
const WORTH_FILLING_MS = 10 * MINUTE_MS;

/**
 * Invents what the demo's sensors would have said since it was open last, so that it is never out of date. What is
 * stored stays; sensors that somebody changed or removed are left alone.
 */
export function topUpDemo(store: Store): Result<void, Failure> {
  const { kind, timeZone, createdAt } = store.settings.workspaceInfo();
  if (kind !== "demo" || store.db.mode !== "live") return ok(undefined);
  const now = store.clock.now();
  const stale = demoChannels(store).filter(({ lastAt }) => now - lastAt > WORTH_FILLING_MS);
  if (stale.length === 0) return ok(undefined);
  const history = inventHistory(demoStart(createdAt), now, timeZone);
  for (const { channelId, course, lastAt } of stale) {
    const filled = importSeries(store, channelId, after(history[course], lastAt));
    if (!filled.ok) return filled;
  }
  store.changes.notify("readings", "recommendations");
  return ok(undefined);
}

function demoChannels(store: Store) {
  const sensors = store.sensors.list();
  return DEMO_SENSORS.flatMap((demo) => {
    const sensor = sensors.find(({ portPath, driverId }) => portPath === demo.port && driverId === demo.driverId);
    if (!sensor) return [];
    return demo.channels.flatMap(({ quantity, key, course }) => {
      const channel = store.channels.findOfSensor(sensor.id, quantity, key);
      const lastAt = channel && store.readings.latest([channel.id])[0]?.at;
      return channel && lastAt ? [{ channelId: channel.id, course, lastAt }] : [];
    });
  });
}

function after({ at, value, quality }: DemoSeries, lastAt: Instant): DemoSeries {
  const found = at.findIndex((time) => time > lastAt);
  const first = found < 0 ? at.length : found;
  return { at: at.subarray(first), value: value.subarray(first), quality: quality.subarray(first) };
}
