import type { Quantity } from "../../../shared/index.ts";
import type { DecodedReading } from "../../decoder.ts";
import { createReading } from "../../plausibility.ts";
import { convertToCanonical } from "../../unit.ts";

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
/** Units as NMEA writes them. */
const UNITS: Readonly<Record<string, string>> = {
  I: "inHg",
  B: "bar",
  C: "Cel",
  F: "degF",
  K: "km/h",
  M: "m/s",
  N: "kn",
  S: "mph",
  P: "%",
  V: "V",
};

/** Where a sentence holds a value: the field's place from 0 and that of its unit, or the unit itself. */
interface Place {
  readonly quantity: Quantity;
  readonly field: number;
  readonly unit: number | string;
}

const place = (quantity: Quantity, field: number, unit: number | string = field + 1): Place => ({
  quantity,
  field,
  unit,
});

/**
 * Weather values by sentence. Of two places for one quantity the first that holds a value counts.
 *
 * Source: NMEA 0183 v4.11, sentences MDA, MTA, MTW, MHU, MMB.
 */
const PLACES: ReadonlyMap<string, readonly Place[]> = new Map([
  [
    "MDA",
    [
      place("pressure", 2),
      place("pressure", 0),
      place("temperature", 4),
      place("water_temperature", 6),
      place("humidity", 8, "%"),
      place("dew_point", 10),
      place("wind_direction", 12, "deg"),
      place("wind_speed", 18),
      place("wind_speed", 16),
    ],
  ],
  ["MTA", [place("temperature", 0)]],
  ["MTW", [place("water_temperature", 0)]],
  ["MHU", [place("humidity", 0, "%"), place("dew_point", 2)]],
  ["MMB", [place("pressure", 2), place("pressure", 0)]],
]);

/** Transducers of XDR by type and unit. */
const TRANSDUCERS: Readonly<Record<string, readonly [quantity: Quantity, unit: string]>> = {
  CC: ["temperature", "Cel"],
  PB: ["pressure", "bar"],
  PP: ["pressure", "Pa"],
  HP: ["humidity", "%"],
  UV: ["voltage", "V"],
};

/** The weather readings of a sentence; none for others. */
export function weatherReadings(type: string, fields: readonly string[]): DecodedReading[] {
  if (type === "XDR") return transducerReadings(fields);
  if (type === "MWV") return windReadings(fields);
  const readings = (PLACES.get(type) ?? []).flatMap(({ quantity, field, unit }) => {
    const code = typeof unit === "number" ? (UNITS[fields[unit] ?? ""] ?? "") : unit;
    return reading(quantity, fields[field] ?? "", code);
  });
  return readings.filter(({ quantity }, i) => readings.findIndex((each) => each.quantity === quantity) === i);
}

/** Direction and speed; a direction that is relative to the station's own front has a channel of its own. */
function windReadings([angle = "", reference, speed = "", unit = "", status]: readonly string[]): DecodedReading[] {
  if (status !== "A") return [];
  const channel = reference === "R" ? "relative" : undefined;
  return [
    ...reading("wind_direction", angle, "deg", channel),
    ...reading("wind_speed", speed, UNITS[unit] ?? "", channel),
  ];
}

/** Groups of four: type, value, unit, name of the transducer. */
function transducerReadings(fields: readonly string[]): DecodedReading[] {
  const readings: DecodedReading[] = [];
  for (let i = 0; i + 3 < fields.length; i += 4) {
    const [quantity, unit] = TRANSDUCERS[`${fields[i]}${fields[i + 2]}`] ?? [];
    const name = fields[i + 3] ?? "";
    if (quantity === undefined || unit === undefined) continue;
    readings.push(...reading(quantity, fields[i + 1] ?? "", unit, name === "" ? undefined : name));
  }
  return readings;
}

function reading(quantity: Quantity, text: string, unit: string, channel?: string): DecodedReading[] {
  if (!NUMBER.test(text) || unit === "") return [];
  const converted = convertToCanonical(Number(text), unit, quantity);
  return converted.ok ? [createReading(quantity, converted.value, channel === undefined ? {} : { channel })] : [];
}
