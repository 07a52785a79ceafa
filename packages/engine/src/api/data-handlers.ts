import { setImmediate as nextTurn } from "node:timers/promises";
import { RpcError } from "@ecolocal/core/api/rpc";
import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { isTimeZone } from "@ecolocal/core/series";
import { err, ok, type Ulid } from "@ecolocal/core/shared";
import { channelNotFound } from "../store/index.ts";
import { careHandlers } from "./care-handlers.ts";
import { viewChannel } from "./sensor-view.ts";
import type { HandlersOf, Services } from "./services.ts";
import { zoneUnknown } from "./workspace-handlers.ts";

export function channelHandlers(services: Services): HandlersOf<"channel"> {
  const { store } = services;
  return {
    "channel.list": () => {
      const names = new Map(store.sensors.listWithRemoved().map(({ id, name }) => [id, name]));
      return ok(
        store.channels.list().map((channel) => viewChannel(services, channel, channelTitle(names, channel.sensorId))),
      );
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
  const isKnown = (channelId: Ulid): boolean => store.channels.find(channelId) !== null;
  return {
    ...careHandlers(services),
    "data.range": (query) => {
      if (!isKnown(query.channelId)) throw new RpcError(channelNotFound(query.channelId));
      return inTurns(readings.range(query));
    },
    "data.downsample": (query) =>
      isKnown(query.channelId) ? ok(readings.downsample(query)) : err(channelNotFound(query.channelId)),
    "data.aggregate": ({ unit, timeZone: zone, ...query }) => {
      const timeZone = zone ?? store.settings.workspaceInfo().timeZone;
      if (!isTimeZone(timeZone)) return err(zoneUnknown(timeZone));
      return isKnown(query.channelId)
        ? ok(readings.aggregate({ ...query, period: { unit, timeZone } }))
        : err(channelNotFound(query.channelId));
    },
    "data.append": ({ readings: values }) => {
      const appended = readings.append(values.map((value) => ({ ...value, quality: QUALITY_BITS.manual })));
      if (appended.ok) store.changes.notify("readings", "recommendations");
      return appended.ok ? ok({ ...appended.value, refused: [...appended.value.refused] }) : appended;
    },
    "data.importBegin": async ({ columns, ...input }) =>
      (await imports()).begin({
        ...input,
        columns: columns.map(({ unit, ...column }) => (unit ? { ...column, unit } : column)),
      }),
    "data.importChunk": async ({ importId, text, last }) => {
      const progress = await (await imports()).push(importId, text, last);
      if (progress.ok && last) store.changes.notify("recommendations", "metrics");
      return progress;
    },
    "data.export": async function* (query) {
      const missing = query.channelIds.find((id) => !isKnown(id));
      if (missing !== undefined) throw new RpcError(channelNotFound(missing));
      const { exportReadings } = await import("../exporting/index.ts");
      yield* inTurns(exportReadings(store, query));
    },
  };
}

/** Pieces leave one at a time, and other work gets its turn between them. */
async function* inTurns<T>(pieces: Iterable<T>): AsyncGenerator<T, void> {
  for (const piece of pieces) {
    yield piece;
    await nextTurn();
  }
}
