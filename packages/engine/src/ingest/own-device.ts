import { realpathSync } from "node:fs";
import type { AcceptedFrame, DriverSpec } from "@ecolocal/core/sensing";
import type { Failure } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import type { DeviceFinder } from "@ecolocal/devices/discovery";
import type { SessionOptions } from "@ecolocal/devices/session";
import type { Store } from "../store/index.ts";

/** What one sensor's device is and where: it keeps its series in every socket, and another device never gets in. */
export interface OwnDevice {
  /** For the session: where to open, and whether who speaks there is the one. */
  readonly sessionOptions: Pick<SessionOptions, "isOwnDevice" | "locate">;
  learn(frame: AcceptedFrame): void;
  /** Whether this sensor's device is at a path. */
  isAt(path: string): boolean;
  /** Where it was last opened. */
  path(): string;
  /** That only a person can tell which port it is on now; `null` while there is no such question. */
  question(): Failure<"SENSING_DEVICE_MOVED"> | null;
}

/** The first device that says who it is is the sensor's, until the sensor gets another port. */
export function createOwnDevice(
  store: Store,
  sensor: SensorRecord,
  driver: DriverSpec,
  isTaken: (path: string) => boolean,
): OwnDevice {
  let known = sensor.deviceIdentity;
  let openedAt = sensor.portPath;
  let finder: DeviceFinder | undefined;

  const locate = async (): Promise<string | null> => {
    finder ??= await createFinder(store, sensor, isTaken);
    const path = await finder.locate();
    if (path !== null) openedAt = path;
    return path;
  };

  return {
    sessionOptions: {
      isOwnDevice(identity, path) {
        const isOwn = known === null || known === identity || driver.manyDevices === true;
        if (!isOwn) finder?.refute(path);
        return isOwn;
      },
      ...(sensor.portIdentity === null ? {} : { locate }),
    },
    learn({ identity }) {
      if (identity === undefined || known !== null || driver.manyDevices === true) return;
      known = identity;
      finder?.learn(identity);
      void store.db.write("sensor.identity", sensor.id, () =>
        store.sensors.change(sensor.id, { deviceIdentity: identity }),
      );
    },
    isAt: (path) => realDevice(path) === realDevice(openedAt),
    path: () => openedAt,
    question: () => (finder?.place.kind === "ask" ? moved(sensor, finder.place.candidates) : null),
  };
}

async function createFinder(
  store: Store,
  sensor: SensorRecord,
  isTaken: (path: string) => boolean,
): Promise<DeviceFinder> {
  const { createDeviceFinder } = await import("@ecolocal/devices/discovery");
  const { driverId, portPath, portIdentity, deviceIdentity } = sensor;
  return createDeviceFinder({
    known: { driverId, path: portPath, port: portIdentity && toTraits(portIdentity), deviceIdentity },
    clock: store.clock,
    isTaken,
  });
}

function toTraits({ vendorId, productId, serialNumber, location }: NonNullable<SensorRecord["portIdentity"]>) {
  return { usbId: vendorId === null || productId === null ? null : `${vendorId}:${productId}`, serialNumber, location };
}

function moved(sensor: SensorRecord, candidates: readonly string[]): Failure<"SENSING_DEVICE_MOVED"> {
  const [first = ""] = candidates;
  return {
    code: "SENSING_DEVICE_MOVED",
    op: "find sensor",
    subject: sensor.portPath,
    detail: `"${sensor.name}" is not where it was; an adapter of the same kind is on ${candidates.join(" and ")}.`,
    hint: `If that is the same sensor, say so: ecolocal sensor update ${sensor.id} --port ${first}. Otherwise plug it in where it was.`,
    retry: "after-change",
  };
}

function realDevice(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
