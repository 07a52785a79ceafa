import { err, type Failure, ok, type Quantity, type Result } from "../shared/index.ts";
import type { DecodedReading } from "./decoder.ts";
import type { LineMapping } from "./driver.ts";
import { type Field, parseNumber } from "./framing/fields.ts";
import { createReading } from "./plausibility.ts";
import type { QualityFlag } from "./quality.ts";
import { convertToCanonical } from "./unit.ts";

/** What a DS18B20 shows after power-on (85 °C) and when it is not connected (−127 °C). */
const DS18B20_FAULTS_CELSIUS: readonly number[] = [85, -127];
const TEMPERATURES: ReadonlySet<Quantity> = new Set(["temperature", "soil_temperature", "water_temperature"]);

export type MappingFailure = Failure<"SENSING_MAPPING_INVALID">;

/** Checks every unit of a mapping before it is used. */
export function checkMapping(mapping: readonly LineMapping[]): Result<void, MappingFailure> {
  for (const { key, unit, quantity } of mapping) {
    const converted = convertToCanonical(1, unit, quantity);
    if (converted.ok) continue;
    const { detail, hint, retry } = converted.error;
    return err({
      code: "SENSING_MAPPING_INVALID",
      op: "check mapping",
      subject: key,
      detail: `Column ${key}: ${detail}`,
      ...(hint === undefined ? {} : { hint }),
      retry,
    });
  }
  return ok(undefined);
}

/**
 * Makes readings of the mapped fields, in canonical units; fields without a mapping make none, and neither do values
 * that are no number or whose unit cannot be converted.
 */
export function mapFields(fields: readonly Field[], mapping: readonly LineMapping[]): DecodedReading[] {
  return mapping.flatMap((entry) => {
    const field = fields.find(({ key }) => key === entry.key) ?? columnField(fields, entry.key);
    const reading = field === undefined ? null : mapField(field, entry);
    return reading === null ? [] : [reading];
  });
}

function columnField(fields: readonly Field[], key: string): Field | undefined {
  return /^[1-9]\d{0,2}$/.test(key) ? fields[Number(key) - 1] : undefined;
}

function mapField({ value }: Field, { quantity, unit, channel }: LineMapping): DecodedReading | null {
  const number = typeof value === "string" ? parseNumber(value.trim(), true) : value;
  if (typeof number !== "number") return null;
  const converted = convertToCanonical(number, unit, quantity);
  if (!converted.ok) return null;
  const quality = sensorFault(quantity, converted.value);
  const reading = createReading(quantity, converted.value, channel === undefined ? { quality } : { quality, channel });
  return quantity === "unknown" ? { ...reading, unit } : reading;
}

function sensorFault(quantity: Quantity, value: number): QualityFlag[] {
  return TEMPERATURES.has(quantity) && DS18B20_FAULTS_CELSIUS.includes(value) ? ["device_error"] : [];
}
