import { checkMapping, type DriverSpec, driverById, type MappingFailure } from "@ecolocal/core/sensing";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { createSession, type DeviceSession, type SessionOptions } from "../session/index.ts";
import { pathTransport, type Transport } from "../transport/index.ts";
import { pollerFor } from "./pollers.ts";
import type { PollSettings } from "./settings.ts";

/**
 * A session's options with the driver by name; the transport is `pathTransport` unless one is given, and devices that
 * must be asked are asked, as `poll` says.
 */
export type DriverSessionOptions = Omit<SessionOptions, "driver" | "transport"> & {
  readonly driverId: string;
  readonly transport?: Transport;
  readonly poll?: PollSettings;
};

export type DriverFailure = MappingFailure | Failure<"SENSING_DRIVER_UNKNOWN">;

/** Creates the session that reads a device with a driver; refuses unknown drivers and mappings that cannot be. */
export function createDriverSession(options: DriverSessionOptions): Result<DeviceSession, DriverFailure> {
  const { driverId, transport = pathTransport, poll, ...rest } = options;
  const driver = findDriver(driverId);
  if (!driver.ok) return driver;
  const mapping = checkMapping(rest.decoderOptions?.mapping ?? []);
  if (!mapping.ok) return mapping;
  const variant = rest.decoderOptions?.variant;
  const createPoller =
    rest.createPoller ?? pollerFor(driverId, { ...(variant === undefined ? {} : { variant }), ...poll });
  const polling = createPoller === undefined ? {} : { createPoller };
  return ok(createSession({ ...rest, ...polling, driver: driver.value, transport }));
}

/** Finds a driver by its id. */
export function findDriver(id: string): Result<DriverSpec, Failure<"SENSING_DRIVER_UNKNOWN">> {
  const driver = driverById(id);
  if (driver !== undefined) return ok(driver);
  return err({
    code: "SENSING_DRIVER_UNKNOWN",
    op: "find driver",
    subject: id,
    detail: `There is no driver called ${id}.`,
    hint: "List the drivers with `ecolocal sensor drivers`.",
    retry: "after-change",
  });
}
