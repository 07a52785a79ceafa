import type { Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

/**
 * How far apart a sensor measures, in ms, laser and fan resting in between; 0 is all the time. `undefined` leaves the
 * sensor as it is.
 */
export function readMeasureEvery(store: Store, sensorId: Ulid): number | undefined {
  const stored = store.settings.get(measureEveryKey(sensorId));
  return typeof stored === "number" ? stored : undefined;
}

/** Call it inside a write. */
export function writeMeasureEvery(store: Store, sensorId: Ulid, measureEveryMs: number): void {
  store.settings.set(measureEveryKey(sensorId), measureEveryMs);
}

const measureEveryKey = (sensorId: Ulid): string => `sensor.${sensorId}.measure_every`;
