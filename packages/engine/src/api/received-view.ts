import type { ChannelView, SensorView } from "@ecolocal/core/api";
import type { Ulid } from "@ecolocal/core/shared";
import type { ReceivedChannel } from "@ecolocal/db/sharing";
import { freshness, viewChannel } from "./sensor-view.ts";
import type { Services } from "./services.ts";

/** A channel that another member shares, marked with whose it is. */
export function viewReceivedChannel(services: Services, channel: ReceivedChannel): ChannelView {
  return { ...viewChannel(services, channel, channel.sensorName), owner: ownerOf(channel) };
}

/** Sensors of other members, each with the channels of it that are shared; channels without a sensor have none. */
export function viewReceivedSensors(services: Services): SensorView[] {
  const channels = services.store.received.list().filter(({ sensorId }) => sensorId !== null);
  const bySensor = Map.groupBy(channels, ({ sensorId }) => sensorId as Ulid);
  return [...bySensor].map(([id, shared]) => viewReceivedSensor(services, id, shared));
}

/** Nothing can be told of its port: it is at somebody else's. */
const ELSEWHERE = {
  driverId: "shared",
  port: "",
  identity: null,
  position: null,
  mapping: [],
  variant: null,
  state: "stopped",
  problem: null,
  counters: { framesOk: 0, framesBad: 0, bytesDiscarded: 0, reconnects: 0 },
} as const;

/** Readings of the day that goes on come four times an hour. */
const LEAST_EXPECTED_MS = 15 * 60_000;

function viewReceivedSensor(services: Services, id: Ulid, shared: readonly ReceivedChannel[]): SensorView {
  const [first] = shared as readonly [ReceivedChannel];
  const channels = shared.map((channel) => viewReceivedChannel(services, channel));
  const lastReadingAt = channels.reduce<number | null>(
    (last, { latest }) => (latest === null ? last : Math.max(last ?? latest.at, latest.at)),
    null,
  );
  const intervalMs = Math.min(...shared.map((channel) => channel.intervalMs));
  return {
    ...ELSEWHERE,
    id,
    name: first.sensorName,
    driverTitle: first.owner.name,
    place: first.place,
    exposure: first.exposure,
    storeIntervalMs: intervalMs,
    expectedIntervalMs: intervalMs,
    mapping: [],
    createdAt: first.firstAt,
    stateSince: first.firstAt,
    lastReadingAt,
    freshness: freshness(lastReadingAt, Math.max(intervalMs, LEAST_EXPECTED_MS), services.store.clock.now()),
    channels,
    owner: ownerOf(first),
  };
}

function ownerOf({ owner, resolution, audience }: ReceivedChannel): NonNullable<ChannelView["owner"]> {
  return { userId: owner.userId, name: owner.name, resolution, audience };
}
