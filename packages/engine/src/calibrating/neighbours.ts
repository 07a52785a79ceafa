import type { Channel } from "@ecolocal/core/sensing";
import { isHumidityStuck } from "@ecolocal/core/sensing/calibration";
import { DAY_MS, type Quantity } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { readPoints } from "./points.ts";

/** Channels of the same box that a correction may look at. */
export interface Neighbours {
  readonly humidity: Channel | undefined;
  readonly temperature: Channel | undefined;
}

export function findNeighbours(store: Store, channel: Channel): Neighbours {
  const siblings = channel.sensorId === null ? [] : store.channels.listOfSensor(channel.sensorId);
  const find = (quantity: Quantity): Channel | undefined =>
    siblings.find((sibling) => sibling.quantity === quantity && !sibling.key.startsWith("corrected:"));
  return { humidity: find("humidity"), temperature: find("temperature") };
}

/** How the humidity of the box was during the last day of its readings. */
export function humidityState(store: Store, humidity: Channel | undefined): "good" | "stuck" | "missing" {
  const last = humidity === undefined ? undefined : store.readings.latest([humidity.id])[0];
  if (humidity === undefined || last === undefined) return "missing";
  const range = { channelId: humidity.id, from: last.at - DAY_MS, to: last.at + 1 };
  const points = Array.from(readPoints(store, range), ({ at, value }) => ({ at, percent: value }));
  return isHumidityStuck(points) ? "stuck" : "good";
}
