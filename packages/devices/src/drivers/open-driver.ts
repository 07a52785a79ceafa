import { checkMapping, type DriverSpec, driverById, type MappingFailure } from "@ecolocal/core/sensing";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { createSession, type DeviceSession, type SessionOptions } from "../session/index.ts";
import { pathTransport, type Transport } from "../transport/index.ts";

/** A session's options with the driver by name; the transport is `pathTransport` unless one is given. */
export type DriverSessionOptions = Omit<SessionOptions, "driver" | "transport"> & {
  readonly driverId: string;
  readonly transport?: Transport;
};

export type DriverFailure = MappingFailure | Failure<"SENSING_DRIVER_UNKNOWN">;

/** Creates the session that reads a device with a driver; refuses unknown drivers and mappings that cannot be. */
export function createDriverSession(options: DriverSessionOptions): Result<DeviceSession, DriverFailure> {
  const { driverId, transport = pathTransport, ...rest } = options;
  const driver = findDriver(driverId);
  if (!driver.ok) return driver;
  const mapping = checkMapping(rest.decoderOptions?.mapping ?? []);
  if (!mapping.ok) return mapping;
  return ok(createSession({ ...rest, driver: driver.value, transport }));
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
    hint: "List the drivers with `ecolocal sensor scan --drivers`.",
    retry: "after-change",
  });
}
