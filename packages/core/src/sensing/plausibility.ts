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
  options: { readonly quality?: readonly QualityFlag[]; readonly channel?: string; readonly at?: number } = {},
): DecodedReading {
  const flags = options.quality ?? [];
  return {
    quantity,
    value,
    unit: quantitySpec(quantity).unit,
    quality: isOutOfRange(quantity, value) ? [...flags, "out_of_range"] : flags,
    ...(options.channel === undefined ? {} : { channel: options.channel }),
    ...(options.at === undefined ? {} : { at: options.at }),
  };
}
