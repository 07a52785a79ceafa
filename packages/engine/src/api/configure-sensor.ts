import { setTimeout as pause } from "node:timers/promises";
import { type ConfigurePlan, planCo2Change } from "@ecolocal/core/sensing";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import type { ConfigureReport } from "@ecolocal/devices/configure";
import { driverUnknown } from "../ingest/index.ts";
import { sensorNotFound } from "./sensor-changes.ts";
import type { HandlersOf, Services } from "./services.ts";

/** Sensors that are asked every ten seconds have answered by then. */
const PATIENCE_MS = 25_000;
const LOOK_EVERY_MS = 100;

/**
 * Tells a sensor something that it keeps itself, and writes down who did it. Only one that is being read right now: what
 * is said to another device on that port might be understood in another way.
 */
export function configureSensor(services: Services): Pick<HandlersOf<"sensor">, "sensor.configure"> {
  const { store } = services;
  return {
    "sensor.configure": async ({ sensorId, change }, { role }) => {
      const sensor = store.sensors.find(sensorId);
      if (!sensor || sensor.removedAt !== null) return err(sensorNotFound(sensorId));
      const plan = planCo2Change(sensor.driverId, change);
      if (!plan.ok) return plan;
      const outcome = await tell(services, sensor, plan.value);
      if (!outcome.ok) return outcome;
      const { steps, confirmed } = outcome.value;
      const detail = `${JSON.stringify(change)} ${confirmed === null ? "not asked" : `confirmed: ${confirmed}`}`;
      const written = store.db.write("sensor.configure", sensorId, () =>
        store.audit.add({ at: store.clock.now(), actor: role, action: "sensor.configure", subject: sensorId, detail }),
      );
      return written.ok ? ok({ steps: [...steps], confirmed }) : written;
    },
  };
}

async function tell(
  services: Services,
  sensor: SensorRecord,
  plan: ConfigurePlan,
): Promise<Result<ConfigureReport, Failure>> {
  const { store, ingest, chooseTransport } = services;
  const driver = store.drivers.find(sensor.driverId);
  if (driver === undefined) return err(driverUnknown(sensor.driverId));
  const { configureDevice } = await import("@ecolocal/devices/configure");
  const transport = await chooseTransport(sensor.portPath, store.clock);
  const { serialSettings: serial } = sensor;
  const target = { driver, transport, ...(serial === null ? {} : { serial }) };
  await untilRead(services, sensor);
  const outcome = await ingest.lend(sensor.id, (path) => configureDevice(plan, { ...target, path }));
  return outcome ?? err(notRead(sensor));
}

async function untilRead({ ingest }: Services, { id }: SensorRecord): Promise<void> {
  ingest.start();
  for (let waitedMs = 0; waitedMs < PATIENCE_MS && ingest.status(id)?.state !== "reading"; waitedMs += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
  }
}

function notRead({ name, portPath }: SensorRecord): Failure<"SENSING_PORT_SILENT"> {
  return {
    code: "SENSING_PORT_SILENT",
    op: "sensor.configure",
    subject: portPath,
    detail: `"${name}" says nothing at the moment, so it was told nothing.`,
    hint: "Wait until its values arrive, then try again.",
    retry: "backoff",
  };
}
