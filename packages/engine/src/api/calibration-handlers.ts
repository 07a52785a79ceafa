import type { Channel } from "@ecolocal/core/sensing";
import { err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { channelNotFound } from "../store/index.ts";
import type { HandlersOf, Services } from "./services.ts";

/** Loaded on first use: most runs calibrate nothing. */
const load = () => import("../calibrating/index.ts");

export function calibrationHandlers({ store }: Services): HandlersOf<"calibration"> {
  const channel = (id: Ulid): Result<Channel, Failure> => {
    const found = store.channels.find(id);
    return found ? ok(found) : err(channelNotFound(id));
  };
  const driverOf = ({ sensorId }: Channel): string =>
    (sensorId === null ? undefined : store.sensors.find(sensorId)?.driverId) ?? "";
  return {
    "calibration.options": async ({ channelId }) => {
      const found = channel(channelId);
      if (!found.ok) return found;
      return ok((await load()).calibrationOptions(store, found.value, driverOf(found.value)));
    },
    "calibration.review": async ({ channelId, from, to }) => {
      const found = channel(channelId);
      if (!found.ok) return found;
      const stretches = (await load()).reviewChannel(store, found.value, { from, to });
      return ok(stretches.map((stretch) => ({ ...stretch })));
    },
    "calibration.fit": async ({ channelId, referenceId, ...wish }) => {
      const [sensor, reference] = [channel(channelId), channel(referenceId)];
      if (!sensor.ok) return sensor;
      if (!reference.ok) return reference;
      return (await load()).fitChannels(store, sensor.value, reference.value, wish);
    },
    "calibration.apply": async ({ channelId, ...wish }) => {
      const found = channel(channelId);
      if (!found.ok) return found;
      return (await load()).applyToChannel(store, found.value, driverOf(found.value), wish);
    },
    "calibration.list": async () => ok((await load()).listCorrections(store)),
    "calibration.remove": async ({ channelId }) => {
      const { findCorrection, removeCorrection } = await load();
      return findCorrection(store, channelId) ? removeCorrection(store, channelId) : err(channelNotFound(channelId));
    },
  };
}
