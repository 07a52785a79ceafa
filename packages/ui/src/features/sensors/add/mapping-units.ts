import type { SensorView } from "@ecolocal/core/api";
import { proposeMeanings } from "@ecolocal/core/sensing";
import { type Quantity, quantitySpec } from "@ecolocal/core/shared";

export type MappingRow = SensorView["mapping"][number];
export type RawValues = Readonly<Record<string, string | number | boolean | null>>;

/** What some values of a text line probably measure, by their names; nothing rather than a wild guess. */
export function proposeRows(raw: RawValues): MappingRow[] {
  return proposeMeanings([raw]).mapping.map((row) => ({ ...row }));
}

/** The number of a raw value, or null when it is none. */
export function numberOf(value: RawValues[string] | undefined): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
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
