import type { LineMapping } from "@ecolocal/core/sensing";
import { isQuantity, quantitySpec } from "@ecolocal/core/shared";
import { usageFailure } from "../failure/cli-failure.ts";

/**
 * Reads a mapping of the text-line driver as typed: `key=quantity`, `key=quantity:unit` or
 * `key=quantity:unit:channel`; without a unit the value is taken to be in the quantity's own unit.
 */
export function parseLineMapping(text: string): LineMapping {
  const at = text.lastIndexOf("=");
  const key = text.slice(0, at);
  const [quantity = "", unit = "", channel] = text.slice(at + 1).split(":");
  if (at < 1 || !isQuantity(quantity)) {
    const detail = at < 1 ? `"${text}" names no key.` : `"${quantity}" is no quantity EcoLocal knows.`;
    throw usageFailure("map", text, detail, "Write --map temp=temperature or --map t_f=temperature:[degF]");
  }
  return { key, quantity, unit: unit || quantitySpec(quantity).unit, ...(channel ? { channel } : {}) };
}
