import type { Finding } from "@ecolocal/devices/health";

/** Why a sensor may not be seen by this computer, most likely reason first. */
export async function findDeviceProblems(): Promise<Finding[]> {
  const { diagnoseDevices, readFacts } = await import("@ecolocal/devices/health");
  return diagnoseDevices(await readFacts());
}

export type { Finding };
