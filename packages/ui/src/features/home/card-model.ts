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
