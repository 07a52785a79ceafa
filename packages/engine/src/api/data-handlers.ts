import { RpcError } from "@ecolocal/core/api/rpc";
import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { ok, type Ulid } from "@ecolocal/core/shared";
import { channelNotFound, findReadableChannel } from "../store/index.ts";
import { addManualChannel } from "./add-manual-channel.ts";
import { careHandlers } from "./care-handlers.ts";
import { inTurns } from "./in-turns.ts";
import { questionHandlers } from "./question-handlers.ts";
import { viewReceivedChannel } from "./received-view.ts";
import { viewChannel } from "./sensor-view.ts";
import type { HandlersOf, Services } from "./services.ts";

export function channelHandlers(services: Services): HandlersOf<"channel"> {
  const { store } = services;
  return {
    "channel.add": (wish) => addManualChannel(services, wish),
    "channel.list": () => {
      const names = new Map(store.sensors.listWithRemoved().map(({ id, name }) => [id, name]));
      const own = store.channels
        .list()
        .map((channel) => viewChannel(services, channel, channelTitle(names, channel.sensorId)));
      return ok([...own, ...store.received.list().map((channel) => viewReceivedChannel(services, channel))]);
    },
  };
}

/** Imported and typed-in channels have no sensor to be named after. */
export function channelTitle(names: ReadonlyMap<Ulid, string>, sensorId: Ulid | null): string {
  return sensorId === null ? "" : (names.get(sensorId) ?? "");
}

export function dataHandlers(services: Services): HandlersOf<"data"> {
  const { store, imports } = services;
  const { readings } = store;
  const refuseUnknown = (channelIds: readonly Ulid[]): void => {
    const missing = channelIds.find((id) => findReadableChannel(store, id) === null);
    if (missing !== undefined) throw new RpcError(channelNotFound(missing));
  };
  return {
    ...careHandlers(services),
    ...questionHandlers(services),
    "data.append": ({ readings: values }) => {
      // The copy of another member's channel is for reading: here it counts as unknown.
      const own = (channelId: Ulid): Ulid => (store.received.find(channelId) === null ? channelId : "");
      const appended = readings.append(
        values.map((value) => ({ ...value, channelId: own(value.channelId), quality: QUALITY_BITS.manual })),
      );
      if (appended.ok) store.changes.notify("readings", "recommendations");
      return appended.ok ? ok({ ...appended.value, refused: [...appended.value.refused] }) : appended;
    },
    "data.importBegin": async ({ columns, ...input }) =>
      (await imports()).begin({
        ...input,
        columns: columns.map(({ unit, ...column }) => (unit ? { ...column, unit } : column)),
      }),
    "data.importChunk": async ({ importId, ...piece }) => {
      const progress = await (await imports()).push(importId, piece);
      if (progress.ok && progress.value.done) store.changes.notify("recommendations", "metrics");
      return progress;
    },
    "data.export": async function* (query) {
      refuseUnknown(query.channelIds);
      const { exportReadings } = await import("../exporting/index.ts");
      yield* inTurns(exportReadings(store, query));
    },
    "data.exportParquet": async function* (query) {
      refuseUnknown(query.channelIds);
      const { exportRows } = await import("../exporting/index.ts");
      const { writeParquet } = await import("../parquet/index.ts");
      yield* writeParquet(oneByOne(inTurns(exportRows(store, query))));
    },
  };
}

async function* oneByOne<T>(groups: AsyncIterable<readonly T[]>): AsyncGenerator<T, void> {
  for await (const group of groups) yield* group;
}
