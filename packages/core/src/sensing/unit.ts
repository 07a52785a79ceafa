import {
  err,
  type Failure,
  ok,
  type Quantity,
  quantitySpec,
  type Result,
  UNIT_LINES,
  type UnitLine,
} from "../shared/index.ts";
import { roundToDigits } from "./framing/round-to-digits.ts";

export type UnitFailure = Failure<"SENSING_UNIT_UNKNOWN" | "SENSING_UNIT_MISMATCH">;

/** What devices and people write, after `tidy`, for a UCUM code. Case matters where it tells units apart (mW, MW). */
const ALIASES: Readonly<Record<string, string>> = {
  "°C": "Cel",
  "°c": "Cel",
  C: "Cel",
  "*C": "Cel",
  "'C": "Cel",
  oC: "Cel",
  degC: "Cel",
  "℃": "Cel",
  Celsius: "Cel",
  celsius: "Cel",
  Celcius: "Cel",
  "°F": "[degF]",
  F: "[degF]",
  "*F": "[degF]",
  degF: "[degF]",
  "℉": "[degF]",
  hpa: "hPa",
  HPa: "hPa",
  PA: "Pa",
  Pascal: "Pa",
  mBar: "mbar",
  mb: "mbar",
  inHg: "[in_i'Hg]",
  mmHg: "mm[Hg]",
  ppm: "[ppm]",
  PPM: "[ppm]",
  ppb: "[ppb]",
  PPB: "[ppb]",
  "%RH": "%",
  "%rH": "%",
  "%rh": "%",
  percent: "%",
  Lux: "lx",
  lux: "lx",
  dB: "dB[SPL]",
  "dB(A)": "dB[SPL]",
  dBA: "dB[SPL]",
  kmh: "km/h",
  kph: "km/h",
  mph: "[mi_i]/h",
  kn: "[kn_i]",
  kt: "[kn_i]",
  "°": "deg",
  degrees: "deg",
  in: "[in_i]",
  "l/m2": "L/m2",
  kWh: "kW.h",
  Wh: "W.h",
  MWh: "MW.h",
  VA: "V.A",
  kVA: "kV.A",
  Volt: "V",
  Volts: "V",
  l: "L",
  liter: "L",
  "#/cm3": "1/cm3",
  "pcs/0.1L": "/0.1L",
  "#/0.1L": "/0.1L",
  cpm: "/min",
  CPM: "/min",
  pH: "[pH]",
  NTU: "{NTU}",
  ft: "[ft_i]",
  gal: "[gal_us]",
  "mug/m3": "ug/m3",
};

/** Digits that survive a conversion; those behind are noise of the multiplication. */
const DIGITS = 12;

/**
 * Converts a value to the canonical unit of its quantity.
 *
 * Accepts UCUM codes and customary spellings (`µg/m³` with either mu, `°C`, `C`, `hPa`, `mbar`, `Pa`, `%`). A unit
 * nobody knows is `SENSING_UNIT_UNKNOWN`, a known one of another quantity `SENSING_UNIT_MISMATCH`. The quantity
 * `unknown` takes every unit as it is. Results are rounded to twelve significant digits, so that 2.027 kW is 2027 W.
 */
export function convertToCanonical(value: number, unit: string, quantity: Quantity): Result<number, UnitFailure> {
  const canonical = quantitySpec(quantity).unit;
  if (unit === canonical || quantity === "unknown") return ok(value);
  const code = unitCode(unit);
  if (code === canonical) return ok(value);
  const line = LINES.get(canonical)?.get(code);
  if (line === undefined) return err(refusal(unit, quantity, isKnown(code)));
  const [factor, offset = 0] = line;
  return ok(roundToDigits(value * factor + offset, DIGITS));
}

/** The UCUM code for a unit as written; what is not in the table comes back tidied, unchanged otherwise. */
export function unitCode(unit: string): string {
  const alias = ALIAS_CODES.get(unit);
  if (alias !== undefined) return alias;
  if (KNOWN_CODES.has(unit)) return unit;
  const tidied = tidy(unit);
  return ALIAS_CODES.get(tidied) ?? tidied;
}

/** Tells whether a text is a unit that readings can be converted from. */
export function isKnownUnit(unit: string): boolean {
  return isKnown(unitCode(unit));
}

function isKnown(code: string): boolean {
  return KNOWN_CODES.has(code);
}

/** Maps, because a device may print `constructor` as a unit. */
const ALIAS_CODES: ReadonlyMap<string, string> = new Map(Object.entries(ALIASES));
const LINES: ReadonlyMap<string, ReadonlyMap<string, UnitLine>> = new Map(
  Object.entries(UNIT_LINES).map(([canonical, from]) => [canonical, new Map(Object.entries(from))]),
);

const KNOWN_CODES: ReadonlySet<string> = new Set([
  ...Object.entries(UNIT_LINES).flatMap(([canonical, from]) => [canonical, ...Object.keys(from)]),
  ...Object.values(ALIASES),
]);

/** U+03BC and U+00B5 are both mu; superscripts, `^` and the masculine ordinal are how people type units. */
function tidy(unit: string): string {
  return unit
    .trim()
    .replace(/[µμ]/g, "u")
    .replace(/º/g, "°")
    .replace(/²/g, "2")
    .replace(/³/g, "3")
    .replace(/[\^\s]/g, "");
}

function refusal(unit: string, quantity: Quantity, known: boolean): UnitFailure {
  const { symbol, unit: canonical } = quantitySpec(quantity);
  return {
    code: known ? "SENSING_UNIT_MISMATCH" : "SENSING_UNIT_UNKNOWN",
    op: "convert unit",
    subject: unit,
    detail: known ? `${unit} is not a unit of ${quantity}.` : `The unit ${unit} is not known.`,
    hint: `Use ${symbol === "" ? canonical : symbol} or another unit of ${quantity}.`,
    retry: "after-change",
  };
}
