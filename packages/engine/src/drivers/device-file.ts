import type { DriverSpec } from "@ecolocal/core/sensing";
import type { Result } from "@ecolocal/core/shared";
import type { DeviceFileFailure } from "@ecolocal/devices/declared";

/** Reads a description of a device from a file; problems come with their places and lines. */
export async function checkDeviceFile(file: string): Promise<Result<DriverSpec, DeviceFileFailure>> {
  const { readDeviceFile } = await import("@ecolocal/devices/declared");
  return readDeviceFile(file);
}

export type { DeviceFileFailure };
