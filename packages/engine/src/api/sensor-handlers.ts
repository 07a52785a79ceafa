import { RpcError } from "@ecolocal/core/api/rpc";
import { ok } from "@ecolocal/core/shared";
import { previewDevice } from "../ingest/index.ts";
import { configureSensor } from "./configure-sensor.ts";
import { feedHandler } from "./feed-handler.ts";
import { viewReceivedSensors } from "./received-view.ts";
import { findPortUser, findView, portTaken, sensorChanges, sensorNotFound, toMapping } from "./sensor-changes.ts";
import { viewSensor } from "./sensor-view.ts";
import type { HandlersOf, Services } from "./services.ts";

export function sensorHandlers(services: Services): HandlersOf<"sensor"> {
  const { store, ingest } = services;
  /** Described devices are known once something was read, or here. */
  const knowDrivers = async () => {
    const isUnknown = store.sensors.list().some(({ driverId }) => store.drivers.find(driverId) === undefined);
    if (isUnknown) await store.drivers.load();
  };
  return {
    "sensor.list": async () => {
      await knowDrivers();
      return ok([
        ...store.sensors.list().map((sensor) => viewSensor(services, sensor)),
        ...viewReceivedSensors(services),
      ]);
    },
    "sensor.get": async ({ sensorId }) => {
      await knowDrivers();
      const received = viewReceivedSensors(services).find(({ id }) => id === sensorId);
      return received === undefined ? findView(services, sensorId) : ok(received);
    },
    "sensor.preview": (target, { signal }) => preview(services, target, signal),
    ...sensorChanges(services),
    ...configureSensor(services),
    ...feedHandler(services),
    "sensor.retry": ({ sensorId }) => {
      ingest.retry(sensorId);
      return findView(services, sensorId);
    },
    "sensor.watch": ({ sensorId }, { signal }) => {
      if (sensorId !== undefined && !store.sensors.find(sensorId)) throw new RpcError(sensorNotFound(sensorId));
      ingest.start();
      return ingest.live.watch(sensorId, signal);
    },
  };
}

async function* preview(
  services: Services,
  target: Parameters<HandlersOf<"sensor">["sensor.preview"]>[0],
  signal: AbortSignal,
): AsyncGenerator<Awaited<ReturnType<ReturnType<typeof previewDevice>["next"]>>["value"] & object, void> {
  const user = services.ingest.running() ? findPortUser(services, target.port) : undefined;
  if (user) {
    throw new RpcError({
      ...portTaken(target.port, user),
      hint: `"${user.name}" reads this port already; look at it with sensor watch.`,
    });
  }
  const { mapping, ...rest } = target;
  const device = { ...rest, ...(mapping ? { mapping: toMapping(mapping) } : {}) };
  const { chooseTransport, portTurns } = services;
  const { clock, drivers } = services.store;
  yield* portTurns.look(target.port, signal, () => previewDevice(device, { clock, drivers, signal, chooseTransport }));
}
