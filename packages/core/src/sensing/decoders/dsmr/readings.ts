import { DAY_MS, type Instant, type Quantity } from "../../../shared/index.ts";
import type { DecodedReading } from "../../decoder.ts";
import { roundToDigits } from "../../framing/round-to-digits.ts";
import { createReading } from "../../plausibility.ts";
import type { QualityFlag } from "../../quality.ts";
import { convertToCanonical } from "../../unit.ts";
import { type CosemObject, readQuantityText } from "./cosem.ts";
import { type MbusValue, readMbusValues } from "./mbus.ts";
import { REGISTERS, type Register } from "./registers.ts";
import { readTimestamp } from "./timestamp.ts";

/** No P1 meter is older; a meter whose clock was never set says 2000. */
const EARLIEST_METER_TIME: Instant = Date.UTC(2008, 0, 1);

/** Digits of a difference; those behind are noise of the subtraction. */
const DIGITS = 12;

export interface TelegramReadings {
  readonly readings: readonly DecodedReading[];
  /** Registers we know whose value or unit makes no sense: a sign of damage when there is no CRC. */
  readonly senseless: number;
}

/** Makes readings of a telegram's registers and M-Bus meters; `at` is the telegram's own time, if it has one. */
export function readReadings(objects: readonly CosemObject[], at: Instant | null): TelegramReadings {
  const clock = meterClockQuality(at);
  const readings: DecodedReading[] = [];
  let senseless = 0;
  for (const object of objects) {
    const register = REGISTERS.get(object.obis);
    if (register === undefined) continue;
    const reading = readRegister(object.values, register, clock);
    if (reading === null) senseless += 1;
    else readings.push(reading);
  }
  const mbus = readMbusValues(objects);
  for (const value of mbus) readings.push(...readMbus(value, mbus, at));
  return { readings: withNetPower(readings), senseless };
}

function readRegister(
  values: readonly string[],
  { quantity, channel }: Register,
  clock: readonly QualityFlag[],
): DecodedReading | null {
  const measured = readQuantityText(values.at(-1) ?? "");
  if (measured === null) return null;
  const value = toCanonical(measured.value, measured.unit, quantity);
  if (value === null) return null;
  const takenAt = values.length > 1 ? readTimestamp(values[0] ?? "") : null;
  return createReading(quantity, value, { quality: clock, channel, at: takenAt ?? undefined });
}

function readMbus(value: MbusValue, all: readonly MbusValue[], telegramAt: Instant | null): DecodedReading[] {
  const converted = toCanonical(value.value, value.unit, value.quantity);
  if (converted === null) return [];
  const alone = value.quantity !== "energy_import" && all.filter((o) => o.quantity === value.quantity).length === 1;
  const ahead = value.at !== null && telegramAt !== null && value.at > telegramAt + DAY_MS;
  return [
    createReading(value.quantity, converted, {
      quality: ahead ? ["clock_suspect"] : meterClockQuality(value.at),
      ...(alone ? {} : { channel: `mbus${value.channel}` }),
      ...(value.at === null ? {} : { at: value.at }),
    }),
  ];
}

/** Power factors are printed without a unit. */
function toCanonical(value: number, unit: string, quantity: Quantity): number | null {
  const converted = convertToCanonical(value, unit === "" && quantity === "power_factor" ? "1" : unit, quantity);
  return converted.ok ? converted.value : null;
}

function meterClockQuality(at: Instant | null): QualityFlag[] {
  return at !== null && at < EARLIEST_METER_TIME ? ["clock_suspect"] : [];
}

/** Adds what flows through the connection now: import minus export, unless the meter says so itself (16.7.0). */
function withNetPower(readings: readonly DecodedReading[]): readonly DecodedReading[] {
  const power = (channel: string | undefined) =>
    readings.find((reading) => reading.quantity === "power" && reading.channel === channel);
  const [drawn, fed] = [power("import"), power("export")];
  if (drawn === undefined || fed === undefined || power(undefined) !== undefined) return readings;
  const net = roundToDigits(drawn.value - fed.value, DIGITS);
  return [...readings, createReading("power", net, { quality: drawn.quality })];
}
