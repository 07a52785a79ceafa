import { driverById, type LineStyle } from "@ecolocal/core/sensing";
import { type Clock, createRandom, err, ok } from "@ecolocal/core/shared";
import { createSimulator } from "@ecolocal/devices/simulator";
import type { Transport, TransportFailure } from "@ecolocal/devices/transport";

export const SIMULATED_PREFIX = "sim:";

/** What the name of a simulated port says: `sim:sds011?seed=7&interval=200`. */
export interface SimulatedPort {
  readonly driverId: string;
  /** Same seed, same device. */
  readonly seed: number;
  /** Time between frames in ms; undefined is the device's own. */
  readonly intervalMs: number | undefined;
  readonly lineStyle: LineStyle | undefined;
}

const LINE_STYLES: readonly string[] = ["json", "csv", "key-value", "plotter"] satisfies readonly LineStyle[];
const MIN_INTERVAL_MS = 20;

export function parseSimulatedPort(port: string): SimulatedPort {
  const [driverId = "", query = ""] = port.slice(SIMULATED_PREFIX.length).split("?", 2);
  const parameters = new URLSearchParams(query);
  const interval = Number(parameters.get("interval") ?? Number.NaN);
  const style = parameters.get("style") ?? "";
  return {
    driverId,
    seed: Number(parameters.get("seed") ?? 1) >>> 0,
    intervalMs: Number.isFinite(interval) ? Math.max(MIN_INTERVAL_MS, interval) : undefined,
    lineStyle: LINE_STYLES.includes(style) ? (style as LineStyle) : undefined,
  };
}

/** Pretended devices behind a port name, so that everything can be tried without hardware. */
export function createSimulatedTransport(clock: Clock): Transport {
  return {
    async open({ path }, listener) {
      const { driverId, seed, intervalMs, lineStyle } = parseSimulatedPort(path);
      const driver = driverById(driverId);
      const simulator = driver
        ? createSimulator({
            driver,
            clock,
            random: createRandom(seed),
            sink: { write: (bytes) => listener.onData(bytes) },
            ...(intervalMs === undefined ? {} : { intervalMs }),
            ...(lineStyle === undefined ? {} : { lineStyle }),
          })
        : err(null);
      if (!simulator.ok) return err(noSuchDevice(path, driverId));
      simulator.value.start();
      return ok({
        async write(bytes) {
          simulator.value.hear(bytes);
          return ok(undefined);
        },
        close: async () => simulator.value.stop(),
      });
    },
  };
}

function noSuchDevice(path: string, driverId: string): TransportFailure {
  return {
    code: "SENSING_PORT_MISSING",
    op: "open port",
    subject: path,
    detail: `There is no simulated device called "${driverId}".`,
    hint: "Write for example sim:sds011?seed=1",
    retry: "after-change",
  };
}
