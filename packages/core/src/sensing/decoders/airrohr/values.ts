import type { DecodedReading } from "../../decoder.ts";
import { type Field, parseNumber } from "../../framing/fields.ts";
import { createReading } from "../../plausibility.ts";
import type { QualityFlag } from "../../quality.ts";
import { convertToCanonical } from "../../unit.ts";
import { type ValueType, valueType } from "./value-types.ts";

/** Registers of the SDS011 inside stop here; the node passes the mean of several samples on. */
const FULL_SCALE_UG_M3: Readonly<Partial<Record<string, number>>> = { pm25: 999.9, pm10: 1999.9 };

/** The meaning of every value name of a row or post, in order. */
export function valueTypes(names: readonly string[]): (ValueType | null)[] {
  return names.map((name) => valueType(name, names));
}

/** Makes readings of luftdaten values; empty cells, `nan` and `unavailable` make none. */
export function readValues(fields: readonly Field[], types: readonly (ValueType | null)[]): DecodedReading[] {
  const typed = fields.flatMap(({ value }, i) => {
    const type = types[i] ?? null;
    const number = typeof value === "string" ? parseNumber(value.trim(), false) : value;
    return type !== null && typeof number === "number" ? [{ type, number }] : [];
  });
  return typed.flatMap(({ type, number }) => {
    const converted = convertToCanonical(number, type.unit, type.quantity);
    if (!converted.ok) return [];
    const alone = typed.filter((other) => other.type.quantity === type.quantity).length === 1;
    const options = alone || type.sensor === "" ? {} : { channel: type.sensor };
    return [createReading(type.quantity, converted.value, { quality: saturation(type, converted.value), ...options })];
  });
}

function saturation({ quantity }: ValueType, value: number): QualityFlag[] {
  const fullScale = FULL_SCALE_UG_M3[quantity];
  return fullScale !== undefined && value >= fullScale ? ["saturated"] : [];
}
