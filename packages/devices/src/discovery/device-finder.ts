import { driverById } from "@ecolocal/core/sensing";
import { type Clock, type Instant, MINUTE_MS } from "@ecolocal/core/shared";
import { probePort } from "../probe/index.ts";
import { type DevicePlace, findDevice, type KnownDevice } from "./find-device.ts";
import { systemLister } from "./list-ports.ts";
import type { PortLister, RawPort } from "./raw-port.ts";

/** Follows one device from port to port; its `locate` is what a session asks before every opening. */
export interface DeviceFinder {
  /** The path to open; `null` while the device is not there or only a person can tell where. */
  locate(): Promise<string | null>;
  /** What the last search came to. */
  readonly place: DevicePlace;
  /** Another device than this one spoke at `path`: it is not looked for there until that port was away. */
  refute(path: string): void;
  /** The device introduced itself. */
  learn(identity: string): void;
}

export interface DeviceFinderOptions {
  readonly known: KnownDevice;
  isTaken(path: string): boolean;
  readonly clock: Clock;
  readonly lister?: PortLister;
  /** Listens with the driver alone by default. */
  readonly hearIdentity?: (path: string, driverId: string) => Promise<string | null>;
}

/** A device that said nothing may only have been asleep. */
const LISTEN_AGAIN_MS = 5 * MINUTE_MS;

export function createDeviceFinder(options: DeviceFinderOptions): DeviceFinder {
  const { lister = systemLister(), clock, isTaken, hearIdentity = hearByListening } = options;
  let { known } = options;
  let place: DevicePlace = { kind: "absent" };
  const refuted = new Set<string>();
  const listened = new Map<string, { readonly identity: string | null; readonly at: Instant }>();

  /** Opening a port may reset what is on it: a port is listened to once after it appeared, then now and then. */
  const hear = async (path: string, driverId: string): Promise<string | null> => {
    const before = listened.get(path);
    const isFresh = before !== undefined && (before.identity !== null || clock.now() - before.at < LISTEN_AGAIN_MS);
    if (isFresh) return before.identity;
    const identity = await hearIdentity(path, driverId);
    listened.set(path, { identity, at: clock.now() });
    return identity;
  };

  const forgetAbsent = (ports: readonly RawPort[]): void => {
    const present = new Set(ports.map(({ path }) => path));
    for (const path of [...refuted, ...listened.keys()]) {
      if (present.has(path)) continue;
      refuted.delete(path);
      listened.delete(path);
    }
  };

  return {
    get place() {
      return place;
    },
    async locate() {
      const ports = await lister.list().catch(() => []);
      forgetAbsent(ports);
      place = await findDevice(known, { ports, isTaken, isRefuted: (path) => refuted.has(path), hearIdentity: hear });
      return place.kind === "found" ? place.path : null;
    },
    refute: (path) => refuted.add(path),
    learn(identity) {
      known = { ...known, deviceIdentity: identity };
    },
  };
}

async function hearByListening(path: string, driverId: string): Promise<string | null> {
  const driver = driverById(driverId);
  if (driver === undefined || driver.polled) return null;
  const report = await probePort({ path, drivers: [driver] });
  return report.ok ? (report.value.candidates[0]?.identity ?? null) : null;
}
