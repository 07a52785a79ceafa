import type { Quantity } from "../../../shared/index.ts";

/** What a luftdaten value name means. */
export interface ValueType {
  readonly quantity: Quantity;
  /** Unit as the firmware sends it. */
  readonly unit: string;
  /** The sensor inside the node, lower-case; empty where the name does not say. */
  readonly sensor: string;
}

/**
 * Value names after the sensor's prefix. P0 is PM1, **P1 is PM10, P2 is PM2.5**, P4 is PM4; pressures come in Pa.
 *
 * Source: opendata-stuttgart/sensors-software, airrohr-firmware (send_csv and add_Value2Json calls); feinstaub-api.
 */
const BY_SUFFIX: Readonly<Record<string, readonly [quantity: Quantity, unit: string]>> = {
  P0: ["pm1", "ug/m3"],
  P1: ["pm10", "ug/m3"],
  P2: ["pm25", "ug/m3"],
  P4: ["pm4", "ug/m3"],
  temperature: ["temperature", "Cel"],
  humidity: ["humidity", "%"],
  pressure: ["pressure", "Pa"],
  co2_ppm: ["co2", "[ppm]"],
  noise_LAeq: ["sound_level", "dB[SPL]"],
};

const NAME = /^(?:([A-Z][A-Z0-9]*)_)?(P[0124]|temperature|humidity|pressure|co2_ppm|noise_LAeq)$/;
/** PPD42NS names: its P1 and P2 are particles per 0.01 cubic foot, not µg/m³. */
const PPD42_MARKS: ReadonlySet<string> = new Set(["durP1", "ratioP1", "durP2", "ratioP2"]);

/** The meaning of a value name; `null` for counts, timings and everything that is no measured quantity. */
export function valueType(name: string, allNames: readonly string[]): ValueType | null {
  const [, prefix = "", suffix = ""] = NAME.exec(name) ?? [];
  const known = Object.hasOwn(BY_SUFFIX, suffix) ? BY_SUFFIX[suffix] : undefined;
  if (known === undefined) return null;
  const fromPpd42 = prefix === "" && suffix.startsWith("P") && allNames.some((other) => PPD42_MARKS.has(other));
  return fromPpd42 ? null : { quantity: known[0], unit: known[1], sensor: prefix.toLowerCase() };
}
