import { statfs } from "node:fs/promises";
import type { SensorView } from "@ecolocal/core/api";
import type { SensorSeen } from "@ecolocal/core/notice";
import type { Instant, Ulid } from "@ecolocal/core/shared";
import { expectedStoreInterval } from "../ingest/index.ts";
import type { NoticeWatchOptions } from "../notices/index.ts";
import { freshness, viewSensor } from "./sensor-view.ts";
import type { Services } from "./services.ts";

/** Where the watch for news looks: sensors as interfaces see them, and the disk. */
export function noticeSources(services: Services): Omit<NoticeWatchOptions, "projects" | "recommending"> {
  const { store, log } = services;
  const goneSince = new Map<Ulid, Instant>();
  return {
    store,
    log,
    sensors: () =>
      store.sensors.list().map((record) => {
        const sensor = viewSensor(services, record);
        followGone(goneSince, sensor, store.clock.now());
        return seenSensor(sensor, goneSince.get(sensor.id) ?? null, store.clock.now());
      }),
    async freeBytes() {
      const { bavail, bsize } = await statfs(store.db.dir);
      return bavail * bsize;
    },
  };
}

/** A port that is tried again and again has been away since the first time. */
function followGone(goneSince: Map<Ulid, Instant>, { id, state }: SensorView, now: Instant): void {
  if (state === "disconnected" || state === "waiting") {
    if (!goneSince.has(id)) goneSince.set(id, now);
  } else if (state !== "starting") goneSince.delete(id);
}

/** A sensor that rests between measurements is given the time for it. */
function seenSensor(sensor: SensorView, goneSince: Instant | null, now: Instant): SensorSeen {
  const { id, name, lastReadingAt, storeIntervalMs, expectedIntervalMs, measureEveryMs } = sensor;
  const intervalMs = Math.max(expectedStoreInterval(expectedIntervalMs, storeIntervalMs), measureEveryMs ?? 0);
  return { id, name, intervalMs, freshness: freshness(lastReadingAt, intervalMs, now), lastReadingAt, goneSince };
}
