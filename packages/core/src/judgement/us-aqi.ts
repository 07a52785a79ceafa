import {
  type BandLevel,
  type BreakpointBandSet,
  type BreakpointTable,
  indexBandSet,
} from "../knowledge/bands/index.ts";

/** What one pollutant contributes to the US AQI. */
export interface AqiPart {
  readonly table: BreakpointTable;
  readonly value: number;
  /** The value cut to the table's precision. */
  readonly truncated: number;
  /** Null where this averaging time does not define an index (the other table of the pollutant does). */
  readonly index: number | null;
  readonly note?: string;
}

/** The current US AQI band set. Source: US EPA, AQI Technical Assistance Document, EPA-454/B-24-002, Table 6. */
export const US_AQI: BreakpointBandSet = indexBandSet("us_aqi");

/**
 * Cuts a concentration to a number of decimals, never rounding up.
 * Source: US EPA, AQI Technical Assistance Document, EPA-454/B-24-002, section IV.
 */
export function truncateConcentration(value: number, decimals: number): number {
  // Twelve significant digits first: 0.29 * 100 is 28.999… in binary and would lose a whole step.
  const scaled = Number((value * 10 ** decimals).toPrecision(12));
  return Math.floor(scaled) / 10 ** decimals;
}

/**
 * Interpolates the index of one concentration (in the table's unit, averaged as `table.statistic`).
 * Above the last row the last row is extrapolated, as EPA allows since 2024, unless the table ends there.
 */
export function indexFromTable(table: BreakpointTable, value: number): AqiPart {
  const truncated = truncateConcentration(value, table.decimals);
  const part = { table, value, truncated };
  const first = table.rows[0];
  const last = table.rows.at(-1);
  if (first === undefined || last === undefined) return { ...part, index: null };
  if (truncated < first[0]) return { ...part, index: null, note: "below this table: the other averaging time decides" };
  if (table.endsAt !== undefined && truncated > table.endsAt) {
    return { ...part, index: null, note: "above this table: the other averaging time decides" };
  }
  const row = table.rows.find(([, hi]) => truncated <= hi) ?? last;
  const [lo, hi, indexLo, indexHi] = row;
  const exact = ((indexHi - indexLo) / (hi - lo)) * (truncated - lo) + indexLo;
  return { ...part, index: Math.floor(Number(exact.toPrecision(12)) + 0.5) };
}

/**
 * Applies the sulphur dioxide rule: from 305 ppb (1 h) the 24-hour mean decides, and below 305 ppb (24 h) AQI 200 is
 * reported. Source: 40 CFR Part 58 Appendix G, Table 2 footnotes; the last clause is unverified (U).
 */
export function applySulphurRule(parts: readonly AqiPart[]): readonly AqiPart[] {
  const daily = parts.find((part) => part.table.id === "so2_24h");
  return parts.map((part) => {
    const beyond = part.table.id === "so2_1h" && part.index === null;
    if (!beyond || (daily?.index ?? null) !== null) return part;
    return { ...part, index: 200, note: "1-hour SO2 is beyond its table: at least 200" };
  });
}

/** The category of an index number. */
export function aqiLevel(index: number): { readonly level: BandLevel; readonly rank: number } {
  const rank = US_AQI.levels.findIndex((level) => index <= (level.indexHi ?? Number.POSITIVE_INFINITY));
  const level = US_AQI.levels[rank];
  if (level === undefined) throw new RangeError(`No AQI category for ${index}; the index must be a finite number.`);
  return { level, rank };
}
