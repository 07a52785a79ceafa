import type { DriverView, PortListenEvent, PortView, ProbeEvent, PushedDeviceView } from "@ecolocal/core/api";
import { RpcError } from "@ecolocal/core/api/rpc";
import type { DriverSpec } from "@ecolocal/core/sensing";
import { ok } from "@ecolocal/core/shared";
import type { PortInfo } from "@ecolocal/devices/discovery";
import { findPortUser, portTaken } from "./sensor-changes.ts";
import { toPlainFailure } from "./sensor-view.ts";
import type { HandlersOf, Services } from "./services.ts";

export function portHandlers(services: Services): HandlersOf<"port" | "driver"> {
  return {
    "port.list": async () => {
      const { listPorts } = await import("@ecolocal/devices/discovery");
      const ports = await listPorts();
      const { devices } = await services.push.status();
      return ok([
        ...ports.map((port) => viewPort(services, port)),
        ...devices.map((device) => viewPushed(services, device)),
      ]);
    },
    "port.diagnose": async () => {
      const { findDeviceProblems } = await import("../diagnostics/index.ts");
      return ok(await findDeviceProblems((path) => findPortUser(services, path) !== undefined));
    },
    "port.probe": (target, { signal }) => probe(services, target, signal),
    "port.listen": (target, { signal }) => listen(services, target, signal),
    "driver.list": async () => {
      await services.store.drivers.load();
      return ok(services.store.drivers.list().map(viewDriver));
    },
  };
}

async function* listen(
  services: Services,
  target: Parameters<HandlersOf<"port">["port.listen"]>[0],
  signal: AbortSignal,
): AsyncGenerator<PortListenEvent, void> {
  refuseInUse(services, target.port);
  const { clock } = services.store;
  const [{ listenToPort }, transport] = await Promise.all([
    import("../ingest/listen.ts"),
    services.chooseTransport(target.port, clock),
  ]);
  yield* services.portTurns.look(target.port, signal, () => listenToPort(target, { clock, transport, signal }));
}

/** Throws where one of our own sensors is reading the port. */
function refuseInUse(services: Services, port: string): void {
  const user = services.ingest.running() ? findPortUser(services, port) : undefined;
  if (user) throw new RpcError(portTaken(port, user));
}

async function* probe(
  services: Services,
  { port, consent }: Parameters<HandlersOf<"port">["port.probe"]>[0],
  signal: AbortSignal,
): AsyncGenerator<ProbeEvent, void> {
  refuseInUse(services, port);
  await services.store.drivers.load();
  const { probeDevice } = await import("../ingest/probe.ts");
  const target = { port, consent, drivers: services.store.drivers.list() };
  yield* services.portTurns.look(port, signal, () => probeDevice(target, signal));
}

/** A device that posted is offered like a port. */
function viewPushed({ store }: Services, { port, deviceId, driverId }: PushedDeviceView): PortView {
  return {
    path: port,
    name: `${deviceId} (posts over the network)`,
    usb: null,
    access: "ok",
    busyBy: null,
    sensorId: store.sensors.list().find((sensor) => sensor.portPath === port)?.id ?? null,
    likelyDrivers: [driverId],
    problem: null,
  };
}

function viewPort(services: Services, port: PortInfo): PortView {
  const user = findPortUser(services, port.path);
  // A port that one of our own sensors reads is busy for everybody else, and that is fine.
  const access = port.access === "busy" && user ? "ok" : accessName(port.access);
  const [vendorId = "", productId = ""] = port.usbId?.split(":") ?? [];
  return {
    path: port.stablePath ?? port.path,
    name: port.name,
    usb: port.usbId === null ? null : { vendorId, productId, serialNumber: port.serialNumber, chip: port.name },
    access,
    busyBy: access === "busy" && port.holder ? { pid: port.holder.pid, command: port.holder.name } : null,
    sensorId: user?.id ?? null,
    likelyDrivers: [...port.likelyDrivers],
    problem: access === "ok" ? null : toPlainFailure(port.failure),
  };
}

function accessName(access: PortInfo["access"]): PortView["access"] {
  return access === "free" ? "ok" : access;
}

function viewDriver(driver: DriverSpec): DriverView {
  return {
    id: driver.id,
    title: driver.title,
    summary: driver.summary,
    quantities: [...driver.quantities],
    serial: driver.serial.map((settings) => ({ ...settings })),
    expectedIntervalMs: driver.expectedIntervalMs,
    storeIntervalMs: driver.storeIntervalMs,
    // Free text says nothing about itself: somebody has to say what its columns mean.
    needsMapping: driver.id === "lines",
    polled: driver.polled === true,
    variants: (driver.variants ?? []).map((variant) => ({ ...variant })),
  };
}
