import { driverById } from "@ecolocal/core/sensing";
import { type PortTraits, portIdentity } from "./port-identity.ts";
import type { RawPort } from "./raw-port.ts";

/** What is remembered of a configured device. */
export interface KnownDevice {
  readonly driverId: string;
  /** The path it was last read at. */
  readonly path: string;
  /** What its port said about itself; `null` for pipes, files, network and simulated devices. */
  readonly port: PortTraits | null;
  /** What the device calls itself in its own protocol; `null` where it has no name. */
  readonly deviceIdentity: string | null;
}

/** Where a device is now. `ask`: only a person can tell which of the candidates it is; nothing is bound silently. */
export type DevicePlace =
  | { readonly kind: "found"; readonly path: string; readonly by: "device" | "serial" | "location" | "path" }
  | { readonly kind: "ask"; readonly candidates: readonly string[] }
  | { readonly kind: "absent" };

export interface FindDeviceContext {
  readonly ports: readonly RawPort[];
  /** Ports that other sensors read. */
  isTaken(path: string): boolean;
  /** Ports on which another device than this one introduced itself since it was plugged in. */
  isRefuted(path: string): boolean;
  /** Listens until the device on a port introduces itself; `null` when it does not. */
  hearIdentity(path: string, driverId: string): Promise<string | null>;
}

/**
 * Finds a device again after it was plugged into another socket or got another port number.
 *
 * Order: the device's own identity wins, then a USB serial number that is one of a kind, then the same socket. A
 * device that says its name is looked for by listening on free ports of fitting adapters. One without a name that is
 * not where it was is never guessed, even with a single candidate: identical adapters look alike.
 */
export async function findDevice(known: KnownDevice, context: FindDeviceContext): Promise<DevicePlace> {
  const { port, path } = known;
  if (port === null || port.usbId === null) return { kind: "found", path, by: "path" };
  const remembered = findRemembered(port, context);
  if (remembered !== null) return remembered;
  const candidates = context.ports.filter((other) => isCandidate(other, known, context)).map((other) => other.path);
  if (known.deviceIdentity === null) return candidates.length === 0 ? { kind: "absent" } : { kind: "ask", candidates };
  for (const candidate of candidates) {
    const heard = await context.hearIdentity(candidate, known.driverId);
    if (heard === known.deviceIdentity) return { kind: "found", path: candidate, by: "device" };
  }
  return { kind: "absent" };
}

/** The port with the same serial number, else the one in the same socket with the same chip. */
function findRemembered(port: PortTraits, { ports, isRefuted }: FindDeviceContext): DevicePlace | null {
  // Elsewhere the remembered adapter must not count as its own twin.
  const { key } = portIdentity(port, ports);
  for (const basis of ["serial", "location"] as const) {
    const match = ports.find((other) => {
      const identity = portIdentity(other, ports);
      return identity.basis === basis && identity.key === key && !isRefuted(other.path);
    });
    if (match !== undefined) return { kind: "found", path: match.path, by: basis };
  }
  return null;
}

function isCandidate(other: RawPort, known: KnownDevice, { isTaken, isRefuted }: FindDeviceContext): boolean {
  const { usbId } = other;
  if (usbId === null || isTaken(other.path) || isRefuted(other.path)) return false;
  if (usbId === known.port?.usbId) return true;
  // A device with a name may have got another adapter; ports of unlikely chips are left alone, opening resets boards.
  return known.deviceIdentity !== null && (driverById(known.driverId)?.usbHints.includes(usbId) ?? false);
}
