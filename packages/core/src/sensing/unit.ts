import { err, type Failure, ok, type Quantity, quantitySpec, type Result } from "../shared/index.ts";
import { roundToDigits } from "./framing/round-to-digits.ts";

export type UnitFailure = Failure<"SENSING_UNIT_UNKNOWN" | "SENSING_UNIT_MISMATCH">;

/** A unit as a straight line into the canonical one: canonical = value × factor + offset. */
type Line = readonly [factor: number, offset?: number];

/**
 * Units that are converted, by canonical UCUM unit; anything else is refused, never guessed.
 *
 * Source: UCUM 2.1 for codes; NIST SP 811 (2008) appendix B for factors.
 */
const CONVERSIONS: Readonly<Record<string, Readonly<Record<string, Line>>>> = {
  Cel: { "[degF]": [5 / 9, -160 / 9], K: [1, -273.15] },
  hPa: { Pa: [0.01], kPa: [10], mbar: [1], bar: [1000], "[in_i'Hg]": [33.863_89], "mm[Hg]": [1.333_224] },
  "ug/m3": { "mg/m3": [1000], "ng/m3": [0.001] },
  "mg/m3": { "ug/m3": [0.001] },
  "[ppm]": { "[ppb]": [0.001] },
  lx: { klx: [1000] },
  "m/s": { "km/h": [1 / 3.6], "[mi_i]/h": [0.447_04], "[kn_i]": [1852 / 3600] },
  mm: { cm: [10], "[in_i]": [25.4], "L/m2": [1] },
  "mm/h": { "[in_i]/h": [25.4], "L/m2/h": [1] },
  "kW.h": { "W.h": [0.001], "MW.h": [1000], MJ: [1 / 3.6], GJ: [1000 / 3.6] },
  W: { kW: [1000], mW: [0.001], MW: [1e6] },
  var: { kvar: [1000] },
  "V.A": { "kV.A": [1000] },
  V: { mV: [0.001], kV: [1000] },
  A: { mA: [0.001] },
  m3: { L: [0.001], dm3: [0.001] },
  um: { nm: [0.001] },
  "1/cm3": { "/0.1L": [0.01], "1/L": [0.001] },
  "uS/cm": { "mS/cm": [1000], "S/m": [10_000] },
  "Bq/m3": { "pCi/L": [37] },
  "W/m2": { "mW/cm2": [10], "uW/cm2": [0.01], "kW/m2": [1000] },
  m: { km: [1000], cm: [0.01], "[ft_i]": [0.3048] },
};

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
const LINES: ReadonlyMap<string, ReadonlyMap<string, Line>> = new Map(
  Object.entries(CONVERSIONS).map(([canonical, from]) => [canonical, new Map(Object.entries(from))]),
);

const KNOWN_CODES: ReadonlySet<string> = new Set([
  ...Object.entries(CONVERSIONS).flatMap(([canonical, from]) => [canonical, ...Object.keys(from)]),
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
