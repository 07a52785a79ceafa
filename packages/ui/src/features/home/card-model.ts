import type { HomeCard, LiveReading } from "@ecolocal/core/api";
import { isUsable } from "@ecolocal/core/sensing";
import { quantitySpec } from "@ecolocal/core/shared";

export interface ShownValue {
  readonly at: number;
  readonly value: number;
  readonly usable: boolean;
}

/** More than this is a table, not an overview. */
export const CARDS_AT_FIRST = 8;

/** Values that mean something now come first, meter totals last; otherwise the engine's order holds. */
export function orderCards(cards: readonly HomeCard[]): readonly HomeCard[] {
  const rank = (card: HomeCard): number =>
    isCounter(card) ? 2 : card.judgement !== null || card.freshness === "offline" ? 0 : 1;
  return [...cards].sort((a, b) => rank(a) - rank(b));
}

/** A meter's total only ever grows: "usual" means nothing for it. */
export function isCounter({ quantity }: Pick<HomeCard, "quantity">): boolean {
  return quantitySpec(quantity).kind === "counter";
}

/** What a card may call current: the newer of the stored and the live value, and nothing once the sensor is silent. */
export function currentValue(card: HomeCard, live: LiveReading | undefined): ShownValue | null {
  const newest = live !== undefined && live.at > (card.latest?.at ?? 0) ? live : card.latest;
  if (newest === null) return null;
  const fresh = card.freshness === "live" || card.freshness === "late" || newest === live;
  return fresh ? { at: newest.at, value: newest.value, usable: isUsable(newest.quality) } : null;
}
