import type { Quantity } from "@ecolocal/core/shared";

/** Series colours by what is measured, so that one quantity has one colour everywhere. */
const SERIES_BY_QUANTITY: Readonly<Partial<Record<Quantity, number>>> = {
  co2: 1,
  pm1: 2,
  pm25: 2,
  pm4: 2,
  pm10: 5,
  temperature: 3,
  humidity: 7,
  power: 1,
  energy_import: 1,
  energy_export: 6,
  soil_moisture: 3,
  sound_level: 4,
};

export function seriesOf(quantity: Quantity): number {
  return SERIES_BY_QUANTITY[quantity] ?? 1;
}
