import { realpath } from "node:fs/promises";
import type { PortIdentity } from "@ecolocal/db/workspace";
import { type PortLister, type PortTraits, portIdentity, systemLister } from "@ecolocal/devices/discovery";

/** What tells the adapter on a port from others, to find it again under another number; null for ports without USB. */
export async function rememberPort(path: string, lister: PortLister = systemLister()): Promise<PortIdentity | null> {
  const ports = await lister.list().catch(() => []);
  const real = await realpath(path).catch(() => path);
  const port = ports.find((candidate) => candidate.path === real || candidate.stablePath === path);
  if (!port?.usbId) return null;
  const [vendorId = null, productId = null] = port.usbId.split(":");
  return { vendorId, productId, serialNumber: port.serialNumber, location: port.location };
}

/**
 * Finds the present path of a remembered port: its adapter may have got another number. Null while it is not plugged
 * in, so that another device on the old number is never read by mistake.
 */
export async function findRememberedPort(
  path: string,
  remembered: PortIdentity,
  lister: PortLister = systemLister(),
): Promise<string | null> {
  const ports = await lister.list().catch(() => []);
  const traits = toTraits(remembered);
  // The remembered adapter is one of the ports while it is plugged in; elsewhere it must not count as its own twin.
  const { key } = portIdentity(traits, ports);
  if (key === null) return path;
  return ports.find((port) => portIdentity(port, ports).key === key)?.path ?? null;
}

function toTraits({ vendorId, productId, serialNumber, location }: PortIdentity): PortTraits {
  const usbId = vendorId === null || productId === null ? null : `${vendorId}:${productId}`;
  return { usbId, serialNumber, location };
}
