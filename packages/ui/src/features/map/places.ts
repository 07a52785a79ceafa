import type { ChannelView, SensorView } from "@ecolocal/core/api";
import type { Quantity } from "@ecolocal/core/shared";

export type PlacedSensor = SensorView & { readonly position: NonNullable<SensorView["position"]> };

/** Sensors with a position, by name, and those that still need one; sensors of others have none to set. */
export function splitByPosition(sensors: readonly SensorView[]): {
  readonly placed: readonly PlacedSensor[];
  readonly unplaced: readonly SensorView[];
} {
  const byName = sensors.toSorted((a, b) => a.name.localeCompare(b.name));
  return {
    placed: byName.filter((sensor): sensor is PlacedSensor => sensor.position !== null),
    unplaced: byName.filter((sensor) => sensor.position === null && sensor.owner === undefined),
  };
}

/** Quantities that sensors on the map measure, the most common first. */
export function quantitiesOf(sensors: readonly SensorView[]): Quantity[] {
  const counts = new Map<Quantity, number>();
  for (const sensor of sensors) {
    for (const quantity of new Set(sensor.channels.map((channel) => channel.quantity))) {
      counts.set(quantity, (counts.get(quantity) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([quantity]) => quantity);
}

export function channelOf(sensor: SensorView, quantity: Quantity | undefined): ChannelView | undefined {
  return sensor.channels.find((channel) => channel.quantity === quantity);
}
