import type { ChannelView } from "@ecolocal/core/api";
import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { DAY_MS, type Quantity, quantitySpec } from "@ecolocal/core/shared";

/**
 * Tells whether people read a channel by eye: its last reading was typed in, or one is expected once a day at most.
 * Recordings of sensors that were imported have no sensor here either, and are none.
 */
export function isMeter({ sensorId, owner, key, intervalMs, latest }: ChannelView): boolean {
  if (sensorId !== null || owner !== undefined || key.startsWith("corrected:")) return false;
  return intervalMs >= DAY_MS || ((latest?.quality ?? 0) & QUALITY_BITS.manual) !== 0;
}

/** What a typed reading may be wrong about. */
export type ReadingDoubt = "future" | "backwards";

interface TypedReading {
  readonly quantity: Quantity;
  readonly value: number;
  readonly at: number;
  readonly last: { readonly at: number; readonly value: number } | null;
}

const MINUTE_MS = 60_000;

/** A reading of tomorrow cannot be kept; a meter that runs backwards was misread, or exchanged. */
export function doubtsOf({ quantity, value, at, last }: TypedReading, now: number): ReadingDoubt[] {
  const isCounter = quantitySpec(quantity).kind === "counter";
  const backwards = isCounter && last !== null && at >= last.at && value < last.value;
  return [...(at > now + MINUTE_MS ? ["future" as const] : []), ...(backwards ? ["backwards" as const] : [])];
}

/** What a date and time field holds for an instant, in the reader's own clock: `2026-11-25T07:30`. */
export function toFieldTime(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * MINUTE_MS);
  return date.toISOString().slice(0, 16);
}

/** The instant of a date and time field; `null` while it is incomplete. */
export function fromFieldTime(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? new Date(text).getTime() : Number.NaN;
  return Number.isFinite(at) ? at : null;
}
