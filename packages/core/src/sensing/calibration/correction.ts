import type { Instant } from "../../shared/index.ts";
import { correctBarkjohn2021, correctFireAndSmoke2023 } from "./epa-pm25.ts";

/**
 * A correction as plain data: what a derived channel is made of. Raw values never change.
 *
 * `linear` and `multilinear` come from a co-location; `epa-*` are published; `co2-baseline` shifts.
 */
export type Correction =
  | { readonly method: "linear"; readonly version: 1; readonly intercept: number; readonly slope: number }
  | {
      readonly method: "multilinear";
      readonly version: 1;
      readonly intercept: number;
      readonly slope: number;
      /** Per % relative humidity; 0 where it was not fitted. */
      readonly perHumidity: number;
      /** Per °C; 0 where it was not fitted. */
      readonly perTemperature: number;
    }
  | { readonly method: "epa-pm25-linear"; readonly version: 2021 }
  | { readonly method: "epa-pm25-piecewise"; readonly version: 2023 }
  | { readonly method: "co2-baseline"; readonly version: 1; readonly offsetPpm: number };

/** What a correction may look at beside the value itself. */
export interface CorrectionInput {
  readonly value: number;
  /** Relative humidity in % from the same box at the same time; `undefined` where there is none. */
  readonly humidity?: number | undefined;
  /** °C. */
  readonly temperature?: number | undefined;
}

/** How a corrected value is marked: `corrected:linear@1`. */
export function correctionName({ method, version }: Correction): string {
  return `corrected:${method}@${version}`;
}

/** Which neighbours of the value a correction needs. */
export function correctionNeeds(correction: Correction): { readonly humidity: boolean; readonly temperature: boolean } {
  switch (correction.method) {
    case "multilinear":
      return { humidity: correction.perHumidity !== 0, temperature: correction.perTemperature !== 0 };
    case "epa-pm25-linear":
    case "epa-pm25-piecewise":
      return { humidity: true, temperature: false };
    case "linear":
    case "co2-baseline":
      return { humidity: false, temperature: false };
  }
}

/** The corrected value; `null` where something it needs is missing or impossible. Never below zero for dust. */
export function applyCorrection(
  correction: Correction,
  { value, humidity, temperature }: CorrectionInput,
): number | null {
  const needs = correctionNeeds(correction);
  if (!Number.isFinite(value)) return null;
  if (needs.humidity && !isHumidity(humidity)) return null;
  if (needs.temperature && !Number.isFinite(temperature)) return null;
  switch (correction.method) {
    case "linear":
      return correction.intercept + correction.slope * value;
    case "multilinear":
      return (
        correction.intercept +
        correction.slope * value +
        correction.perHumidity * (humidity ?? 0) +
        correction.perTemperature * (temperature ?? 0)
      );
    case "epa-pm25-linear":
      return Math.max(0, correctBarkjohn2021(value, humidity ?? 0));
    case "epa-pm25-piecewise":
      return Math.max(0, correctFireAndSmoke2023(value, humidity ?? 0));
    case "co2-baseline":
      return value + correction.offsetPpm;
  }
}

/** A correction in force for a channel. */
export interface ChannelCorrection {
  readonly correction: Correction;
  /** From the end of its co-location on. */
  readonly validFrom: Instant;
  /** A sensor drifts: after this it has to be compared again. `null` for published corrections. */
  readonly expiresAt: Instant | null;
}

function isHumidity(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && value <= 100;
}
