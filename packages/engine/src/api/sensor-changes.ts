import { realpathSync } from "node:fs";
import { checkMapping, type DriverSpec, type LineMapping } from "@ecolocal/core/sensing";
import { err, type Failure, HOUR_MS, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import { driverUnknown, expectedStoreInterval, writeMeasureEvery, writeVariant } from "../ingest/index.ts";
import { viewSensor } from "./sensor-view.ts";
import type { HandlersOf, Services } from "./services.ts";

type ChangeHandlers = Pick<HandlersOf<"sensor">, "sensor.add" | "sensor.update" | "sensor.remove" | "sensor.restore">;

/** Handlers that change the configuration; readers follow it, and everyone is told. */
export function sensorChanges(services: Services): ChangeHandlers {
  const { store, ingest } = services;
  const write = (op: string, id: Ulid, work: () => void) => store.db.write(op, id, work);
  const changed = async (id: Ulid): Promise<Result<ReturnType<typeof viewSensor>, Failure>> => {
    await ingest.reconcile();
    store.changes.notify("sensors", "recommendations", "metrics");
    return findView(services, id);
  };
  return {
    "sensor.add": async (input, { role }) => {
      await store.drivers.load();
      const checked = checkConfiguration(services, input.driverId, input.port, input.mapping);
      if (!checked.ok) return checked;
      const sensor: SensorRecord = {
        id: store.ids.next(),
        name: input.name,
        driverId: input.driverId,
        portPath: input.port,
        portIdentity: await rememberPortOf(input.port),
        serialSettings: input.serial ?? null,
        place: input.place,
        exposure: input.exposure,
        position: input.position ?? null,
        mapping: toMapping(input.mapping),
        storeIntervalMs: input.storeIntervalMs ?? Math.max(1000, checked.value.storeIntervalMs),
        deviceIdentity: null,
        createdAt: store.clock.now(),
        removedAt: null,
      };
      const written = write("sensor.add", sensor.id, () => {
        store.sensors.add(sensor);
        if (input.variant !== undefined) writeVariant(store, sensor.id, input.variant);
        audit(services, role, "sensor.add", sensor.id, sensor.name);
      });
      return written.ok ? changed(sensor.id) : written;
    },
    "sensor.update": async (input, { role }) => {
      const sensor = activeSensor(services, input.sensorId);
      if (!sensor.ok) return sensor;
      const refused = checkUpdate(services, sensor.value, input);
      if (refused !== null) return err(refused);
      const portIdentity = input.port === undefined ? undefined : await rememberPortOf(input.port);
      const written = write("sensor.update", sensor.value.id, () => {
        updateSensor(services, sensor.value, input);
        // Another port may hold another device; whoever speaks there first is the new one.
        if (portIdentity !== undefined) store.sensors.change(sensor.value.id, { portIdentity, deviceIdentity: null });
        audit(services, role, "sensor.update", sensor.value.id, Object.keys(input).join(" "));
      });
      return written.ok ? changed(sensor.value.id) : written;
    },
    "sensor.remove": async ({ sensorId }, { role }) => {
      const sensor = activeSensor(services, sensorId);
      if (!sensor.ok) return sensor;
      const written = write("sensor.remove", sensorId, () => {
        store.sensors.change(sensorId, { removedAt: store.clock.now() });
        audit(services, role, "sensor.remove", sensorId, sensor.value.name);
      });
      return written.ok ? changed(sensorId) : written;
    },
    "sensor.restore": async ({ sensorId }, { role }) => {
      const sensor = store.sensors.find(sensorId);
      if (!sensor) return err(sensorNotFound(sensorId));
      const taken = findPortUser(services, sensor.portPath, sensorId);
      if (taken) return err(portTaken(sensor.portPath, taken));
      const written = write("sensor.restore", sensorId, () => {
        store.sensors.change(sensorId, { removedAt: null });
        audit(services, role, "sensor.restore", sensorId, sensor.name);
      });
      return written.ok ? changed(sensorId) : written;
    },
  };
}

/** The sensor as interfaces see it, removed ones included. */
export function findView(services: Services, id: Ulid): Result<ReturnType<typeof viewSensor>, Failure> {
  const sensor = services.store.sensors.find(id);
  return sensor ? ok(viewSensor(services, sensor)) : err(sensorNotFound(id));
}

async function rememberPortOf(port: string): Promise<SensorRecord["portIdentity"]> {
  if (/^(sim|demo):/.test(port)) return null;
  const { rememberPort } = await import("../ingest/port-memory.ts");
  return rememberPort(port);
}

type UpdateInput = Parameters<HandlersOf<"sensor">["sensor.update"]>[0];

/** Why a change cannot be made; `null` when it can. A sensor whose driver is gone may still get another name. */
function checkUpdate(services: Services, sensor: SensorRecord, input: UpdateInput): Failure | null {
  const port = input.port ?? sensor.portPath;
  const checked = checkConfiguration(services, sensor.driverId, port, input.mapping, sensor.id);
  if (!checked.ok && checked.error.code !== "SENSING_DRIVER_UNKNOWN") return checked.error;
  const rests = input.measureEveryMs !== undefined;
  return rests && !(checked.ok && checked.value.canRest) ? cannotRest(sensor) : null;
}

function updateSensor(services: Services, sensor: SensorRecord, input: UpdateInput): void {
  const { store } = services;
  const { place, exposure, measureEveryMs } = input;
  const storeIntervalMs = storeIntervalFor(services, sensor, input);
  if (measureEveryMs !== undefined) writeMeasureEvery(store, sensor.id, measureEveryMs);
  store.sensors.change(sensor.id, changedFields({ ...input, storeIntervalMs }));
  const expected = store.drivers.find(sensor.driverId)?.expectedIntervalMs ?? 0;
  for (const channel of store.channels.listOfSensor(sensor.id)) {
    const change = {
      ...(place === undefined ? {} : { place }),
      ...(exposure === undefined ? {} : { exposure }),
      ...(storeIntervalMs === undefined || channel.intervalMs === HOUR_MS
        ? {}
        : { intervalMs: expectedStoreInterval(expected, storeIntervalMs) }),
    };
    store.channels.change(channel.id, change);
    store.readings.registerChannel({ ...channel, ...change });
  }
}

function changedFields(input: UpdateInput): Parameters<Services["store"]["sensors"]["change"]>[1] {
  const { name, place, exposure, position, storeIntervalMs, port, mapping } = input;
  return {
    ...(name === undefined ? {} : { name }),
    ...(place === undefined ? {} : { place }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(position === undefined ? {} : { position }),
    ...(storeIntervalMs === undefined ? {} : { storeIntervalMs }),
    ...(port === undefined ? {} : { portPath: port }),
    ...(mapping === undefined ? {} : { mapping: toMapping(mapping) }),
  };
}

/** What is measured every five minutes is expected in the store every five minutes, not every ten seconds. */
function storeIntervalFor(
  { store }: Services,
  sensor: SensorRecord,
  { storeIntervalMs, measureEveryMs }: UpdateInput,
): number | undefined {
  if (storeIntervalMs !== undefined || measureEveryMs === undefined) return storeIntervalMs;
  const usual = store.drivers.find(sensor.driverId)?.storeIntervalMs ?? sensor.storeIntervalMs;
  return Math.max(usual, measureEveryMs);
}

/** zod writes absent members as `undefined`, which stored mappings must not hold. */
export function toMapping(mapping: UpdateInput["mapping"]): readonly LineMapping[] {
  return (mapping ?? []).map(({ channel, ...entry }) => (channel === undefined ? entry : { ...entry, channel }));
}

function checkConfiguration(
  services: Services,
  driverId: string,
  port: string,
  mapping: UpdateInput["mapping"],
  self?: Ulid,
): Result<DriverSpec, Failure> {
  const taken = findPortUser(services, port, self);
  if (taken) return err(portTaken(port, taken));
  const checked = checkMapping(toMapping(mapping));
  if (!checked.ok) return err({ ...checked.error, code: "SENSING_MAPPING_INVALID" });
  const driver = services.store.drivers.find(driverId);
  return driver ? ok(driver) : err(driverUnknown(driverId));
}

/** The active sensor that has a port, however its path is written. */
export function findPortUser({ store }: Services, port: string, except?: Ulid): SensorRecord | undefined {
  const device = realDevice(port);
  return store.sensors.list().find((sensor) => sensor.id !== except && realDevice(sensor.portPath) === device);
}

function realDevice(port: string): string {
  try {
    return realpathSync(port);
  } catch {
    return port;
  }
}

function activeSensor({ store }: Services, id: Ulid): Result<SensorRecord, Failure> {
  const sensor = store.sensors.find(id);
  return sensor && sensor.removedAt === null ? ok(sensor) : err(sensorNotFound(id));
}

function audit({ store }: Services, actor: string, action: string, subject: string, detail: string): void {
  store.audit.add({ at: store.clock.now(), actor, action, subject, detail });
}

function cannotRest(sensor: SensorRecord): Failure<"SENSING_CANNOT_REST"> {
  return {
    code: "SENSING_CANNOT_REST",
    op: "sensor.update",
    subject: sensor.name,
    detail: `The driver ${sensor.driverId} cannot let its sensor rest.`,
    hint: "Sensors with a laser and a fan can: SDS011 and Plantower PMS.",
    retry: "never",
  };
}

export function sensorNotFound(id: Ulid): Failure<"SENSOR_NOT_FOUND"> {
  return {
    code: "SENSOR_NOT_FOUND",
    op: "sensor.find",
    subject: id,
    detail: "There is no sensor with this id.",
    hint: "List the sensors with: ecolocal sensor list",
    retry: "never",
  };
}

export function portTaken(port: string, user: SensorRecord): Failure<"SENSING_PORT_TAKEN"> {
  return {
    code: "SENSING_PORT_TAKEN",
    op: "sensor.add",
    subject: port,
    detail: `The sensor "${user.name}" of this workspace uses this port.`,
    hint: "Remove that sensor first, or choose another port.",
    retry: "after-change",
  };
}
