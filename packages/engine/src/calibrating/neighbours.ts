import type { Channel } from "@ecolocal/core/sensing";
import { WATCH_MEMORY_MS } from "@ecolocal/core/series";
import type { Quantity } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { reviewChannel } from "./review.ts";

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

/** How the humidity sensor of the box was with the last of its readings. */
export function humidityState(store: Store, humidity: Channel | undefined): "good" | "stuck" | "missing" {
  const last = humidity === undefined ? undefined : store.readings.latest([humidity.id])[0];
  if (humidity === undefined || last === undefined) return "missing";
  const stretches = reviewChannel(store, humidity, { from: last.at - WATCH_MEMORY_MS, to: last.at + 1 });
  return stretches.some(({ flag, to }) => flag === "stuck" && to === last.at) ? "stuck" : "good";
}
