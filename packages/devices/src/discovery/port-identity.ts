/** What tells one port's device from another, as far as the port itself can. */
export interface PortIdentity {
  /** Stable text to remember the device by; `null` when nothing but asking the user helps. */
  readonly key: string | null;
  /** `serial` survives another USB socket; `location` is the socket. */
  readonly basis: "serial" | "location" | "none";
}

/** The parts of a port that identity rests on. */
export interface PortTraits {
  /** `vid:pid`, lower-case; `null` for ports that are not USB. */
  readonly usbId: string | null;
  readonly serialNumber: string | null;
  /** USB path with interface (`1-1.4:1.0`), macOS location id or Windows instance id. */
  readonly location: string | null;
}

/** Serial numbers that thousands of adapters share. */
const GENERIC_SERIALS: ReadonlySet<string> = new Set(["0001", "1234567890", "123456789", "12345678"]);

/**
 * Decides by what to remember a port's device: its USB serial number where that is one of a kind, else the socket it
 * is plugged into, else nothing. A device's own identity (`deviceIdentityKey`) wins over both.
 */
export function portIdentity(port: PortTraits, allPorts: readonly PortTraits[]): PortIdentity {
  const { usbId, serialNumber, location } = port;
  if (usbId !== null && serialNumber !== null && !isGenericSerial(serialNumber)) {
    const twins = allPorts.filter((other) => other.usbId === usbId && other.serialNumber === serialNumber);
    const sameDevice = twins.every((twin) => deviceOf(twin.location) === deviceOf(location));
    const part = twins.length > 1 ? interfaceOf(location) : "";
    if (twins.length <= 1 || (sameDevice && part !== "")) {
      return { key: ["usb", usbId, serialNumber, part].filter((word) => word !== "").join(":"), basis: "serial" };
    }
  }
  if (location !== null) return { key: `at:${usbId ?? "port"}:${location}`, basis: "location" };
  return { key: null, basis: "none" };
}

/** The key of a device that says who it is (SDS011 id, P1 equipment id); it survives a change of adapter. */
export function deviceIdentityKey(driverId: string, identity: string): string {
  return `device:${driverId}:${identity}`;
}

/** Tells whether a serial number is one that many devices share: empty, `0`, `0001`, all characters the same. */
export function isGenericSerial(serialNumber: string): boolean {
  const text = serialNumber.trim();
  return text === "" || GENERIC_SERIALS.has(text) || new Set(text).size === 1;
}

function deviceOf(location: string | null): string {
  return location?.split(":")[0] ?? "";
}

function interfaceOf(location: string | null): string {
  return location?.split(":")[1] ?? "";
}
