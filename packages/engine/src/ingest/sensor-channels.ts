import type { Channel } from "@ecolocal/core/sensing";
import { err, type Failure, HOUR_MS, ok, type Quantity, type Result } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import type { Store } from "../store/index.ts";

/** Channels of one sensor; a channel comes into being with its first frame. */
export interface SensorChannels {
  /** `ownTime`: the device stamps this value itself, as P1 meters do once an hour with gas. */
  find(quantity: Quantity, key: string, ownTime?: boolean): Result<Channel, Failure>;
}

export function createSensorChannels(store: Store, sensor: SensorRecord, intervalMs: number): SensorChannels {
  const known = new Map<string, Channel>();
  const make = (quantity: Quantity, key: string, ownTime: boolean): Result<Channel, Failure> => {
    const { id: sensorId, place, exposure } = sensor;
    const channel: Channel = {
      id: store.ids.next(),
      sensorId,
      quantity,
      key,
      place,
      exposure,
      intervalMs: ownTime ? HOUR_MS : intervalMs,
    };
    const written = store.db.write("channel.add", sensorId, () => {
      store.channels.add(channel, store.clock.now());
      store.readings.registerChannel(channel);
    });
    if (!written.ok) return err(written.error);
    store.changes.notify("sensors");
    return ok(channel);
  };
  return {
    find(quantity, key, ownTime = false) {
      const name = `${quantity} ${key}`;
      const cached = known.get(name);
      if (cached) return ok(cached);
      const stored = store.channels.findOfSensor(sensor.id, quantity, key);
      const channel = stored ? ok(stored) : make(quantity, key, ownTime);
      if (channel.ok) known.set(name, channel.value);
      return channel;
    },
  };
}

/** The interval at which readings of a sensor are expected in the store. */
export function expectedStoreInterval(driverIntervalMs: number, storeIntervalMs: number): number {
  return Math.max(driverIntervalMs, storeIntervalMs);
}
