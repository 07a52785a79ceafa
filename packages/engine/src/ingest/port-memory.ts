import { realpath } from "node:fs/promises";
import type { PortIdentity } from "@ecolocal/db/workspace";
import { type PortLister, systemLister } from "@ecolocal/devices/discovery";

/** What tells the adapter on a port from others, to find it again under another number; null for ports without USB. */
export async function rememberPort(path: string, lister: PortLister = systemLister()): Promise<PortIdentity | null> {
  const ports = await lister.list().catch(() => []);
  const real = await realpath(path).catch(() => path);
  const port = ports.find((candidate) => candidate.path === real || candidate.stablePath === path);
  if (!port?.usbId) return null;
  const [vendorId = null, productId = null] = port.usbId.split(":");
  return { vendorId, productId, serialNumber: port.serialNumber, location: port.location };
}
