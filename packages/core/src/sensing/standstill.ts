import { HOUR_MS, type Quantity } from "../shared/index.ts";

/** No quantity that moves at all is the same for longer, however coarse the sensor. */
const LONGEST_STANDSTILL_MS = 24 * HOUR_MS;

const SHORTEST_STANDSTILL_MS = 3 * HOUR_MS;
const FINEST_STEP_DECIMALS = 6;

/**
 * A change, in the canonical unit, that happens within three hours where people live. Quantities that are not listed
 * stand still for good reasons (rain, power, doors).
 */
const SURE_CHANGE: Readonly<Partial<Record<Quantity, number>>> = {
  pm1: 0.1,
  pm25: 0.1,
  pm4: 0.1,
  pm10: 0.1,
  particle_count: 0.1,
  co2: 1,
  no2: 0.1,
  o3: 0.1,
  temperature: 0.05,
  dew_point: 0.05,
  humidity: 0.1,
  pressure: 0.05,
  sound_level: 0.1,
};

/** Where zero means "nothing found", a clean room shows it for hours. */
const FLOOR_IS_CLEAN: ReadonlySet<Quantity> = new Set<Quantity>(["pm1", "pm25", "pm4", "pm10", "particle_count"]);

/**
 * How long a sensor may show one and the same value before it counts as stuck, in ms; `null` for quantities that may
 * stand still for ever.
 *
 * Three hours for a sensor that is fine enough to show what surely changes in that time, longer in proportion for a
 * coarser one (a thermometer of whole degrees), a day at most. `smallestStep` is the smallest change it was seen to
 * make; `null` takes the last decimal of the value itself.
 *
 * Source: sensortoolkit (US EPA), persistent values: three equal hourly values.
 */
export function longestStandstillMs(quantity: Quantity, value: number, smallestStep: number | null): number | null {
  const sureChange = SURE_CHANGE[quantity];
  if (sureChange === undefined) return null;
  if (value === 0 && FLOOR_IS_CLEAN.has(quantity)) return LONGEST_STANDSTILL_MS;
  const step = smallestStep ?? lastDecimal(value);
  // A step of 0.1 comes out of two readings as 0.0999…
  const times = Math.round((step / sureChange) * 1000) / 1000;
  return Math.min(SHORTEST_STANDSTILL_MS * Math.max(1, times), LONGEST_STANDSTILL_MS);
}

/** Size of the last decimal that a number has: 0.1 for 21.4, 1 for 21. */
function lastDecimal(value: number): number {
  for (let decimals = 0; decimals < FINEST_STEP_DECIMALS; decimals++) {
    const scaled = value * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return 10 ** -decimals;
  }
  return 10 ** -FINEST_STEP_DECIMALS;
}
