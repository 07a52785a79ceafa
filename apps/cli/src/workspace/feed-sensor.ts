import type { SensorView } from "@ecolocal/core/api";
import { isRpcError } from "@ecolocal/core/api/rpc";
import type { LineMapping } from "@ecolocal/core/sensing";
import { CliFailure } from "../failure/cli-failure.ts";
import type { Engine } from "../workspace-command.ts";

export interface Feeding {
  /** A sensor that is fed already, or a driver; `rtl_433` is `rtl433`. */
  readonly device: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  readonly name: string | undefined;
  readonly mapping: readonly LineMapping[];
  readonly variant: string | undefined;
  /** Called once, when the first bytes have come and their sensor is there. */
  readonly told: (sensor: SensorView) => void;
}

export interface FeedReport {
  readonly sensorId: string | null;
  readonly bytes: number;
  readonly framesOk: number;
  readonly framesBad: number;
  readonly bytesDiscarded: number;
}

/** What one call takes; see `feedInputSchema`. */
const PIECE_BYTES = 48_000;
const LINK_LOST_TRIES = 3;

/** Hands a stream of bytes to a sensor of the workspace, piece by piece, until it ends or `signal` aborts. */
export async function feedSensor(engine: Engine, feeding: Feeding): Promise<FeedReport> {
  const report = { bytes: 0, framesOk: 0, framesBad: 0, bytesDiscarded: 0 };
  const findTarget = await targetFinder(engine, feeding);
  let sensor: SensorView | undefined;
  const send = async (piece: Uint8Array, last: boolean): Promise<void> => {
    if (sensor === undefined) {
      sensor = await findTarget();
      feeding.told(sensor);
    }
    const taken = await sendPiece(engine, { sensorId: sensor.id, bytes: Buffer.from(piece).toString("base64"), last });
    report.bytes += piece.length;
    for (const count of ["framesOk", "framesBad", "bytesDiscarded"] as const) report[count] += taken[count];
  };
  for await (const chunk of untilAborted(feeding.source, feeding.signal)) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) await send(chunk.subarray(at, at + PIECE_BYTES), false);
  }
  if (sensor !== undefined) await send(new Uint8Array(), true);
  return { sensorId: sensor?.id ?? null, ...report };
}

/** Checks what the person typed at once; the sensor is looked for, or added, when there is something to keep. */
async function targetFinder(engine: Engine, feeding: Feeding): Promise<() => Promise<SensorView>> {
  const { device, name, mapping, variant } = feeding;
  const [sensors, drivers] = await Promise.all([engine.call("sensor.list", {}), engine.call("driver.list", {})]);
  const driver = drivers.find(({ id }) => id === device) ?? drivers.find(({ id }) => id === plain(device));
  const port = `pipe:${name ?? driver?.id ?? ""}`;
  const known = sensors.find((sensor) => sensor.port === port && sensor.driverId === driver?.id);
  if (known !== undefined) return async () => known;
  const named = sensors.find((sensor) => [sensor.id, sensor.name, sensor.port].includes(device));
  if (named !== undefined) return async () => named;
  if (driver === undefined) throw unknownDevice(device, drivers);
  const wish = { driverId: driver.id, port, name: name ?? driver.title };
  const more = {
    ...(mapping.length > 0 ? { mapping: [...mapping] } : {}),
    ...(variant === undefined ? {} : { variant }),
  };
  return () => engine.call("sensor.add", { ...wish, ...more });
}

function unknownDevice(device: string, drivers: readonly { readonly id: string }[]): CliFailure {
  return new CliFailure({
    code: "SENSING_DRIVER_UNKNOWN",
    op: "read sensor",
    subject: device,
    detail: `There is no driver and no sensor "${device}".`,
    hint: `Drivers are: ${drivers.map(({ id }) => id).join(", ")}`,
    retry: "after-change",
  });
}

const plain = (id: string): string => id.replaceAll(/[_-]/g, "").toLowerCase();

/** When the process that has the workspace open ends, another takes over within a moment: then it is sent again. */
async function sendPiece(engine: Engine, piece: { sensorId: string; bytes: string; last: boolean }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await engine.call("sensor.feed", piece);
    } catch (error) {
      if (!isRpcError(error, "LINK_LOST") || attempt === LINK_LOST_TRIES) throw error;
    }
  }
}

/** The values of `source` until it ends; an abort ends it too, also while nothing comes. */
async function* untilAborted(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const values = source[Symbol.asyncIterator]();
  const aborted = new Promise<{ done: true; value: undefined }>((resolve) => {
    const end = (): void => resolve({ done: true, value: undefined });
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
  while (true) {
    const next = await Promise.race([values.next(), aborted]);
    if (next.done === true) break;
    yield next.value;
  }
  if (signal.aborted) process.stdin.destroy();
}
