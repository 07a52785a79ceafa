import type { Finding } from "@ecolocal/devices/health";

/** Why a sensor may not be seen by this computer, most likely reason first; ports of our own sensors are no problem. */
export async function findDeviceProblems(isOwn: (path: string) => boolean = () => false): Promise<Finding[]> {
  const { diagnoseDevices, readFacts } = await import("@ecolocal/devices/health");
  const facts = await readFacts();
  const ports = facts.ports.map((port) =>
    isOwn(port.path) ? { ...port, access: "free" as const, holder: null, failure: null } : port,
  );
  return diagnoseDevices({ ...facts, ports });
}

/** The udev rules that let people open the adapters sensors come on, as text for a file. */
export async function readUdevRules(): Promise<string> {
  return (await import("@ecolocal/devices/health")).UDEV_RULES;
}

export type { Finding };
