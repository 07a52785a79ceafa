import type { Finding } from "@ecolocal/devices/health";

/** Why a sensor may not be seen by this computer, most likely reason first. */
export async function findDeviceProblems(): Promise<Finding[]> {
  const { diagnoseDevices, readFacts } = await import("@ecolocal/devices/health");
  return diagnoseDevices(await readFacts());
}

/** The udev rules that let people open the adapters sensors come on, as text for a file. */
export async function readUdevRules(): Promise<string> {
  return (await import("@ecolocal/devices/health")).UDEV_RULES;
}

export type { Finding };
