import type { Verification } from "../words/index.ts";

/** How good or bad a band is, for colour and icon; the word always stands beside it. */
export type BandTone = "good" | "fair" | "warn" | "bad" | "severe";

export interface BandLevel {
  readonly id: string;
  readonly label: string;
  readonly tone: BandTone;
  /** The publisher's own colour, `#RRGGBB`. */
  readonly color?: string;
  /** What a person can do about it, in one sentence. */
  readonly advice?: string;
  /** First and last index number of the level, for index scales; null = open. */
  readonly indexLo?: number;
  readonly indexHi?: number | null;
}

interface BandSetBase {
  readonly id: string;
  readonly title: string;
  /** Band sets change: a judgement keeps id and version. */
  readonly version: string;
  readonly effectiveOn?: string;
  readonly supersededBy?: string;
  readonly sources: readonly string[];
  readonly ver: Verification;
  readonly note?: string;
  /** From best to worst, except where `tone` says otherwise (oxygen: critical first). */
  readonly levels: readonly BandLevel[];
}

/** Bands over one quantity; a value belongs to the first level whose `upTo` it does not exceed (null = open). */
export interface ScaleBandSet extends BandSetBase {
  readonly kind: "scale";
  /** A quantity id of `QUANTITIES`, or null for derived and sampled quantities. */
  readonly quantity: string | null;
  readonly derived?: string;
  readonly exposure?: "indoor" | "outdoor";
  /** `outdoor`: the bands apply to the difference from the outdoor value. */
  readonly reference?: "outdoor";
  readonly statistic: string;
  readonly unit: string;
  readonly upTo: readonly (number | null)[];
}

export interface PollutantBands {
  readonly id: string;
  readonly pollutant: string;
  readonly statistic: string;
  readonly unit: string;
  readonly ver?: Verification;
  readonly upTo: readonly (number | null)[];
}

/** Several pollutants over common levels; the worst one decides. */
export interface PollutantBandSet extends BandSetBase {
  readonly kind: "pollutants";
  readonly rounding: "none" | "half-up";
  /** Maps the position in `upTo` to a level. */
  readonly levelOfStep: readonly number[];
  readonly pollutants: readonly PollutantBands[];
}

/** One row: concentration low and high, index low and high. */
export type BreakpointRow = readonly [
  concentrationLo: number,
  concentrationHi: number,
  indexLo: number,
  indexHi: number,
];

export interface BreakpointTable {
  readonly id: string;
  readonly pollutant: string;
  /** A shorter name accepted for `id`. */
  readonly alias?: string;
  readonly statistic: string;
  readonly unit: string;
  /** Decimals kept when the concentration is cut (never rounded). */
  readonly decimals: number;
  readonly ver?: Verification;
  /** Values above are not judged with this table. */
  readonly endsAt?: number;
  readonly rows: readonly BreakpointRow[];
}

/** Piecewise linear index over breakpoint tables (US AQI). */
export interface BreakpointBandSet extends BandSetBase {
  readonly kind: "breakpoints";
  readonly pollutants: readonly BreakpointTable[];
}

export type BandSet = ScaleBandSet | PollutantBandSet | BreakpointBandSet;

export interface BandRules {
  readonly minCoverage: { readonly value: number; readonly ver: Verification; readonly note?: string };
  /** µg/m³ per ppb at 25 °C and 1013 hPa; for `co` mg/m³ per ppm. */
  readonly ugM3PerPpb: {
    readonly no2: number;
    readonly o3: number;
    readonly so2: number;
    readonly co: number;
    readonly ver: Verification;
  };
  readonly co2OutdoorPpm: { readonly value: number; readonly ver: Verification; readonly note?: string };
}

export interface GuidelineLimit {
  readonly key: string;
  readonly pollutant: string;
  readonly statistic: string;
  readonly unit: string;
  readonly value: number;
  /** True: values above the limit exceed it; false: values below it fall short. */
  readonly above: boolean;
  /** Interim targets, from loose to strict. */
  readonly interim?: readonly number[];
  readonly ver?: Verification;
  readonly note?: string;
}

export interface Guideline {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly sources: readonly string[];
  readonly ver: Verification;
  readonly note?: string;
  readonly limits: readonly GuidelineLimit[];
}

export interface BathingLimits {
  readonly excellentP95: number;
  readonly goodP95: number;
  readonly sufficientP90: number;
}

export interface BathingWaterSet {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly sources: readonly string[];
  readonly ver: Verification;
  readonly unit: string;
  readonly minSamples: { readonly value: number; readonly ver: Verification };
  readonly note?: string;
  readonly limits: Readonly<Record<"inland" | "coastal", Readonly<Record<"enterococci" | "ecoli", BathingLimits>>>>;
}

export interface SoilWaterTable {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly sources: readonly string[];
  readonly ver: Verification;
  readonly unit: string;
  readonly note?: string;
  readonly textures: Readonly<
    Record<
      string,
      { readonly fieldCapacity: readonly [number, number]; readonly wiltingPoint: readonly [number, number] }
    >
  >;
}
