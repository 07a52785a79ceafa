import type { Channel } from "@ecolocal/core/sensing";
import { type Quantity, quantitySpec } from "@ecolocal/core/shared";

/** What the choice needs to know about a channel. */
export interface CardCandidate {
  readonly channel: Channel;
  /** A scale says something about its present value. */
  readonly judged: boolean;
  /** Its last value is still the present one. */
  readonly current: boolean;
}

/** Source: shared facts "product.md" §3.2. */
export const MAX_CARDS = 8;

/** What people ask for first; everything else follows. */
const FIRST: readonly Quantity[] = [
  "co2",
  "pm25",
  "temperature",
  "humidity",
  "power",
  "pm10",
  "no2",
  "o3",
  "sound_level",
];

/** Fine print of meters and weather stations; it is on the sensor's page. */
const SECONDARY: ReadonlySet<Quantity> = new Set<Quantity>([
  "unknown",
  "voltage",
  "current",
  "frequency",
  "power_factor",
  "reactive_power",
  "apparent_power",
  "battery_voltage",
  "typical_size",
  "particle_count",
  "latitude",
  "longitude",
  "altitude",
]);

/** Worth of a candidate in places it loses: a judgement, a present value and variety count most. */
const UNJUDGED = 3;
const STALE = 6;
const REPEATED = 4;
/** A meter reading only grows; what flows now says more. */
const COUNTER = 12;

/** Chooses the channels of the home page and their order, which does not depend on the values of the moment. */
export function chooseCards<Candidate extends CardCandidate>(candidates: readonly Candidate[]): Candidate[] {
  const channels = candidates.map(({ channel }) => channel);
  const seen = new Map<Quantity, number>();
  return candidates
    .filter(({ channel }) => !SECONDARY.has(channel.quantity) && !isPartOfTotal(channel, channels))
    .map((candidate) => {
      const { quantity } = candidate.channel;
      const before = seen.get(quantity) ?? 0;
      seen.set(quantity, before + 1);
      return { candidate, place: placeOf(candidate) + before * REPEATED };
    })
    .toSorted((a, b) => a.place - b.place)
    .slice(0, MAX_CARDS)
    .map(({ candidate }) => candidate);
}

function placeOf({ channel, judged, current }: CardCandidate): number {
  const first = FIRST.indexOf(channel.quantity);
  const counter = quantitySpec(channel.quantity).kind === "counter" ? COUNTER : 0;
  return (first < 0 ? FIRST.length : first) + (judged ? 0 : UNJUDGED) + (current ? 0 : STALE) + counter;
}

/** A meter's directions and tariffs beside the sum of them. */
function isPartOfTotal({ sensorId, quantity, key }: Channel, all: readonly Channel[]): boolean {
  return (
    key !== "" && all.some((other) => other.sensorId === sensorId && other.quantity === quantity && other.key === "")
  );
}
