import type { DecodedReading } from "../../decoder.ts";
import { type FieldValue, parseNumber } from "../../framing/fields.ts";
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
export function readValues(values: readonly FieldValue[], types: readonly (ValueType | null)[]): DecodedReading[] {
  const readings: DecodedReading[] = [];
  for (let i = 0; i < values.length; i++) {
    const type = types[i];
    const number = type ? numberOf(values[i]) : null;
    if (!type || number === null) continue;
    const converted = convertToCanonical(number, type.unit, type.quantity);
    if (!converted.ok) continue;
    const isNamed = type.sensor !== "" && hasRival(values, types, i);
    const quality = saturation(type, converted.value);
    readings.push(
      createReading(type.quantity, converted.value, { quality, channel: isNamed ? type.sensor : undefined }),
    );
  }
  return readings;
}

/** Whether another value of the same quantity has a number as well. */
function hasRival(values: readonly FieldValue[], types: readonly (ValueType | null)[], own: number): boolean {
  const quantity = types[own]?.quantity;
  for (let i = 0; i < types.length; i++) {
    if (i !== own && types[i]?.quantity === quantity && numberOf(values[i]) !== null) return true;
  }
  return false;
}

function numberOf(printed: FieldValue | undefined): number | null {
  const value = typeof printed === "string" ? parseNumber(printed.trim(), false) : printed;
  return typeof value === "number" ? value : null;
}

function saturation({ quantity }: ValueType, value: number): QualityFlag[] {
  const fullScale = FULL_SCALE_UG_M3[quantity];
  return fullScale !== undefined && value >= fullScale ? ["saturated"] : [];
}
