import { type Quantity, quantitySpec } from "../shared/index.ts";
import type { DecodedReading } from "./decoder.ts";
import type { QualityFlag } from "./quality.ts";

/** Tells whether a value lies outside what its quantity can plausibly be (`QUANTITIES[quantity].plausible`). */
export function isOutOfRange(quantity: Quantity, value: number): boolean {
  const [min, max] = quantitySpec(quantity).plausible;
  return value < min || value > max;
}

/** Builds a reading in the canonical unit of its quantity and adds `out_of_range` where the value calls for it. */
export function createReading(
  quantity: Quantity,
  value: number,
  options: {
    readonly quality?: readonly QualityFlag[];
    readonly channel?: string | undefined;
    readonly at?: number | undefined;
  } = {},
): DecodedReading {
  const { unit, plausible } = quantitySpec(quantity);
  const flags = options.quality ?? [];
  const inRange = value >= plausible[0] && value <= plausible[1];
  const quality = inRange || Number.isNaN(value) ? flags : [...flags, "out_of_range" as const];
  const { channel, at } = options;
  // Devices send thousands of readings a second in a recording: plain objects, no spreading.
  if (channel === undefined)
    return at === undefined ? { quantity, value, unit, quality } : { quantity, value, unit, quality, at };
  return at === undefined
    ? { quantity, value, unit, quality, channel }
    : { quantity, value, unit, quality, channel, at };
}
