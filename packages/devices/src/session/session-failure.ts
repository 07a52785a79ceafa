import type { DriverSpec } from "@ecolocal/core/sensing";
import type { SessionFailure } from "./session.ts";

/** Nothing at all arrived for too long. */
export function silentFailure(path: string, driver: DriverSpec, silentMs: number): SessionFailure {
  return {
    code: "SENSING_PORT_SILENT",
    op: "read port",
    subject: path,
    detail: `Nothing has come from ${path} for ${seconds(silentMs)}; a ${driver.title} speaks about every ${seconds(driver.expectedIntervalMs)}.`,
    hint: "Check that the device has power and that its data wire is connected; unplugging it for ten seconds often helps.",
    retry: "backoff",
  };
}

/** Bytes arrive, but none of them make sense to the driver. */
export function garbledFailure(path: string, driver: DriverSpec, bytes: number, silentMs: number): SessionFailure {
  return {
    code: "SENSING_PORT_GARBLED",
    op: "read port",
    subject: path,
    detail: `${bytes} bytes came from ${path} in ${seconds(silentMs)}, and none of them are a message of a ${driver.title}.`,
    hint: "Check that the sensor type and the baud rate are right for this device.",
    retry: "backoff",
  };
}

/** A device of the right kind, but not the one that this sensor is. */
export function otherDeviceFailure(path: string, driver: DriverSpec, identity: string): SessionFailure {
  return {
    code: "SENSING_DEVICE_OTHER",
    op: "read port",
    subject: path,
    detail: `The ${driver.title} on ${path} says that it is ${identity}, which is another one than before.`,
    hint: "Plug the right one in, or say that this one takes its place; nothing of it is stored until then.",
    retry: "backoff",
  };
}

function seconds(durationMs: number): string {
  return durationMs === 1000 ? "1 second" : `${Math.round(durationMs / 1000)} seconds`;
}
