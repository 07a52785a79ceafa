import type { HomeCard, LiveReading } from "@ecolocal/core/api";
import { isUsable } from "@ecolocal/core/sensing";

export interface ShownValue {
  readonly at: number;
  readonly value: number;
  readonly usable: boolean;
}

/** What a card may call current: the newer of the stored and the live value, and nothing once the sensor is silent. */
export function currentValue(card: HomeCard, live: LiveReading | undefined): ShownValue | null {
  const newest = live !== undefined && live.at > (card.latest?.at ?? 0) ? live : card.latest;
  if (newest === null) return null;
  const fresh = card.freshness === "live" || card.freshness === "late" || newest === live;
  return fresh ? { at: newest.at, value: newest.value, usable: isUsable(newest.quality) } : null;
}

/** Series colours by what is measured, so that one quantity has one colour everywhere. */
const SERIES_BY_QUANTITY: Readonly<Partial<Record<HomeCard["quantity"], number>>> = {
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

export function seriesOf(quantity: HomeCard["quantity"]): number {
  return SERIES_BY_QUANTITY[quantity] ?? 1;
}
