import type { PreviewEvent } from "@ecolocal/core/api";
import { RpcError } from "@ecolocal/core/api/rpc";
import type { AcceptedFrame, LineMapping, SerialSettings } from "@ecolocal/core/sensing";
import { type Clock, type Failure, quantitySpec } from "@ecolocal/core/shared";
import { pollerFor } from "@ecolocal/devices/drivers";
import { createSession } from "@ecolocal/devices/session";
import type { DriverCatalogue } from "../drivers/index.ts";
import { type ChooseTransport, chooseTransport } from "./choose-transport.ts";
import { createMailbox } from "./mailbox.ts";
import { portCounters, stateName } from "./sensor-reader.ts";

/** A device to look at before it is configured. */
export interface PreviewTarget {
  readonly driverId: string;
  readonly port: string;
  readonly serial?: SerialSettings | undefined;
  readonly mapping?: readonly LineMapping[] | undefined;
  readonly variant?: string | undefined;
}

export interface PreviewContext {
  readonly clock: Clock;
  readonly drivers: Pick<DriverCatalogue, "find">;
  readonly signal: AbortSignal;
  readonly chooseTransport?: ChooseTransport;
}

const MAX_WAITING = 500;
const COUNT_EVERY_MS = 1000;

/**
 * Opens a port for a look: what the device says, how the port is doing, until `signal` aborts. Nothing is stored.
 * Throws `RpcError` with `SENSING_DRIVER_UNKNOWN`.
 */
export async function* previewDevice(
  target: PreviewTarget,
  context: PreviewContext,
): AsyncGenerator<PreviewEvent, void> {
  const driver = context.drivers.find(target.driverId);
  if (driver === undefined) throw new RpcError(driverUnknown(target.driverId));
  const transport = await (context.chooseTransport ?? chooseTransport)(target.port, context.clock);
  const mailbox = createMailbox<PreviewEvent>(MAX_WAITING, context.signal);
  const named = target.variant === undefined ? {} : { variant: target.variant };
  // Who looks at a device with a driver has said what it is; such a device may be asked.
  const createPoller = pollerFor(driver.id, named);
  const session = createSession({
    driver,
    path: target.port,
    transport,
    clock: context.clock,
    decoderOptions: { ...named, ...(target.mapping ? { mapping: target.mapping } : {}) },
    ...(createPoller === undefined ? {} : { createPoller }),
    ...(target.serial ? { serial: target.serial } : {}),
  });
  session.on("state", (state) => {
    mailbox.put({ kind: "state", state: stateName(state), problem: "failure" in state ? state.failure : null });
  });
  session.on("frame", ({ frame, receivedAt }) => mailbox.put(toFrameEvent(frame, receivedAt)));
  const counting = setInterval(
    () => mailbox.put({ kind: "counters", counters: portCounters(session.counters) }),
    COUNT_EVERY_MS,
  );
  try {
    session.start();
    yield* mailbox.take();
  } finally {
    clearInterval(counting);
    await session.stop();
  }
}

function toFrameEvent(frame: AcceptedFrame, at: number): PreviewEvent {
  return {
    kind: "frame",
    at,
    identity: frame.identity ?? null,
    raw: frame.raw,
    readings: frame.readings.map(({ quantity, value, unit, quality, channel }) => ({
      quantity,
      channel: channel ?? null,
      value,
      unit,
      symbol: quantitySpec(quantity).symbol,
      quality: [...quality],
    })),
  };
}

export function driverUnknown(driverId: string): Failure<"SENSING_DRIVER_UNKNOWN"> {
  return {
    code: "SENSING_DRIVER_UNKNOWN",
    op: "sensor.driver",
    subject: driverId,
    detail: `There is no driver called "${driverId}".`,
    hint: "See which there are with: ecolocal sensor drivers",
    retry: "after-change",
  };
}
