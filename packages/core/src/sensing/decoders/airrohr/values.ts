import type { DecodedReading } from "../../decoder.ts";
import { createReading } from "../../plausibility.ts";
import type { QualityFlag } from "../../quality.ts";
import { convertToCanonical } from "../../unit.ts";
import { type Field, parseNumber } from "../lines/fields.ts";
import { type ValueType, valueType } from "./value-types.ts";

/** Registers of the SDS011 inside stop here; the node passes the mean of several samples on. */
const FULL_SCALE_UG_M3: Readonly<Partial<Record<string, number>>> = { pm25: 999.9, pm10: 1999.9 };

/** Makes readings of luftdaten values; empty cells, `nan` and `unavailable` make none. */
export function readValues(fields: readonly Field[]): DecodedReading[] {
  const names = fields.map(({ key }) => key);
  const typed = fields.flatMap((field) => {
    const type = valueType(field.key, names);
    const number = typeof field.value === "string" ? parseNumber(field.value.trim(), false) : field.value;
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
