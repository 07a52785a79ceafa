import type { SensorView } from "@ecolocal/core/api";
import { type Quantity, quantitySpec } from "@ecolocal/core/shared";

export type MappingRow = SensorView["mapping"][number];
export type RawValues = Readonly<Record<string, string | number | boolean | null>>;

interface Guess {
  readonly quantity: Quantity;
  readonly unit?: string;
}

/** Names that makers print, in the order they are tried: the first that fits wins. */
const GUESSES: readonly (readonly [RegExp, Guess])[] = [
  [/pm[_ .]?0*1(\.0|_0)?(?!\d)/, { quantity: "pm1" }],
  [/pm[_ .]?2[_ .]?5|pm25/, { quantity: "pm25" }],
  [/pm[_ .]?4(?!\d)/, { quantity: "pm4" }],
  [/pm[_ .]?10/, { quantity: "pm10" }],
  [/co2|carbon[_ ]?dioxide/, { quantity: "co2" }],
  [/soil.*(moist|hum)|moisture/, { quantity: "soil_moisture" }],
  [/soil.*temp/, { quantity: "soil_temperature" }],
  [/water.*temp/, { quantity: "water_temperature" }],
  [/dew/, { quantity: "dew_point" }],
  [/temp.*f(ahr)?$|temp_?f\b/, { quantity: "temperature", unit: "[degF]" }],
  [/temp|^t$|^t[_ ]?c$/, { quantity: "temperature" }],
  [/hum|^rh$|^h$/, { quantity: "humidity" }],
  [/press|^p$|baro/, { quantity: "pressure" }],
  [/lux|illum|light/, { quantity: "illuminance" }],
  [/uv/, { quantity: "uv_index" }],
  [/sound|noise|dba?$/, { quantity: "sound_level" }],
  [/voc/, { quantity: "voc_index" }],
  [/nox/, { quantity: "nox_index" }],
  [/rain/, { quantity: "rain" }],
  [/wind.*dir/, { quantity: "wind_direction" }],
  [/wind/, { quantity: "wind_speed" }],
  [/power|watt|^w$/, { quantity: "power" }],
  [/energy|kwh/, { quantity: "energy_import" }],
  [/volt|^u$|^v$/, { quantity: "voltage" }],
  [/current|amp|^i$/, { quantity: "current" }],
  [/^ph$/, { quantity: "ph" }],
  [/batt/, { quantity: "battery_voltage" }],
];

/** Pascal and hectopascal readings of air pressure lie so far apart that the number itself tells. */
const PASCAL_FROM = 20_000;

/** What a key of a text line probably measures; nothing rather than a wild guess. */
export function guessRow(key: string, value: RawValues[string]): MappingRow | null {
  if (numberOf(value) === null) return null;
  const name = key.toLowerCase();
  const guess = GUESSES.find(([pattern]) => pattern.test(name))?.[1];
  if (guess === undefined) return null;
  const unit = guess.unit ?? unitOf(guess.quantity, numberOf(value));
  return { key, quantity: guess.quantity, unit };
}

/** Proposes a row for every key that is recognised. */
export function proposeMapping(raw: RawValues): MappingRow[] {
  return Object.entries(raw).flatMap(([key, value]) => guessRow(key, value) ?? []);
}

/** The number of a raw value, or null when it is none. */
export function numberOf(value: RawValues[string] | undefined): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function unitOf(quantity: Quantity, value: number | null): string {
  if (quantity === "pressure" && value !== null && value > PASCAL_FROM) return "Pa";
  return quantitySpec(quantity).unit;
}

const OTHER_UNITS: Readonly<Partial<Record<Quantity, readonly string[]>>> = {
  temperature: ["[degF]", "K"],
  pressure: ["Pa", "kPa"],
  power: ["kW"],
  energy_import: ["W.h"],
  energy_export: ["W.h"],
  gas_volume: ["L"],
  water_volume: ["L"],
  voltage: ["mV"],
  current: ["mA"],
  battery_voltage: ["mV"],
};

/** Units in which devices print a quantity, the canonical one first. */
export function unitsFor(quantity: Quantity): readonly string[] {
  return [quantitySpec(quantity).unit, ...(OTHER_UNITS[quantity] ?? [])];
}

const UNIT_SYMBOLS: Readonly<Record<string, string>> = { "[degF]": "°F", "W.h": "Wh", "kW.h": "kWh", Cel: "°C" };

/** A unit code as people write it; empty for a quantity without unit. */
export function unitSymbol(quantity: Quantity, code: string): string {
  const { unit, symbol } = quantitySpec(quantity);
  return code === unit ? symbol : (UNIT_SYMBOLS[code] ?? code);
}
