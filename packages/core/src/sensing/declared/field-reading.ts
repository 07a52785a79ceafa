import type { DecodedReading } from "../decoder.ts";
import { createReading } from "../plausibility.ts";
import type { QualityFlag } from "../quality.ts";
import { convertToCanonical } from "../unit.ts";
import type { FieldMeaning } from "./schema.ts";

/** Turns a count into a reading; `null` for fields that are only shown. */
export function fieldReading(count: number, meaning: FieldMeaning, isWarmingUp: boolean): DecodedReading | null {
  const { quantity, unit = "", scale = 1, offset = 0, channel } = meaning;
  if (quantity === undefined || !Number.isFinite(count)) return null;
  // Twelve digits are what a float can be trusted with: 123 × 0.1 is 12.3.
  const value = Number((count * scale + offset).toPrecision(12));
  const converted = convertToCanonical(value, unit, quantity);
  if (!converted.ok) return null;
  const quality = fieldQuality(count, meaning, isWarmingUp);
  const reading = createReading(quantity, converted.value, { quality, ...(channel === undefined ? {} : { channel }) });
  return quantity === "unknown" ? { ...reading, unit } : reading;
}

function fieldQuality(count: number, { invalid, saturated_from }: FieldMeaning, isWarmingUp: boolean): QualityFlag[] {
  if (isWarmingUp) return ["warming_up"];
  if (invalid?.includes(count)) return ["device_error"];
  return saturated_from !== undefined && count >= saturated_from ? ["saturated"] : [];
}
