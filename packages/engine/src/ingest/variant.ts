import type { Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

/** The member of its driver's family that a sensor is, as a person said it (`DriverSpec.variants`). */
export function readVariant(store: Store, sensorId: Ulid): string | undefined {
  const stored = store.settings.get(variantKey(sensorId));
  return typeof stored === "string" ? stored : undefined;
}

/** Call it inside a write. */
export function writeVariant(store: Store, sensorId: Ulid, variant: string): void {
  store.settings.set(variantKey(sensorId), variant);
}

const variantKey = (sensorId: Ulid): string => `sensor.${sensorId}.variant`;
