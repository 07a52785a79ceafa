import { DAY_MS, err, type Failure, type Instant, ok, type Result } from "../../shared/index.ts";
import type { Correction } from "./correction.ts";

export interface Co2Point {
  readonly at: Instant;
  readonly ppm: number;
}

/** Why a room's lowest values say nothing about the sensor, or what they say. */
export type BaselineFailure = Failure<"CALIBRATION_TOO_SHORT" | "CALIBRATION_NO_BASELINE">;

export interface Co2Baseline {
  readonly correction: Extract<Correction, { readonly method: "co2-baseline" }>;
  /** What the sensor shows in fresh air, in ppm. */
  readonly lowestPpm: number;
  /** Days of the series whose lowest value is that low. */
  readonly freshDays: number;
  readonly days: number;
}

/**
 * CO₂ of outdoor air in ppm. Source: NOAA Global Monitoring Laboratory, Mauna Loa annual mean 2024 (424.6), and
 * Sensirion's and Senseair's 400–425 for fresh-air calibration; towns are some 5 to 20 ppm higher.
 */
const OUTDOOR_PPM = 425;
const SHORTEST_DAYS = 7;
const FRESH_DAYS_NEEDED = 3;
/** Days of fresh air agree this well; a day that does not was not aired. */
const SPREAD_PPM = 40;
/** A sensor further off than this is not one to shift but to look at. */
const LARGEST_OFFSET_PPM = 250;
/** So many of the lowest values of a day are left out as noise. */
const NOISE_SHARE = 0.01;

/**
 * Finds by how much a CO₂ sensor is off, from the lowest values of days on which the room was aired to outdoor level.
 *
 * Needs a week with at least three such days that agree within 40 ppm; otherwise `CALIBRATION_NO_BASELINE`: a room that
 * is never aired has no level to hold on to, and a sensor with automatic calibration on has shifted by itself already.
 */
export function findCo2Baseline(
  points: readonly Co2Point[],
  outdoorPpm: number = OUTDOOR_PPM,
): Result<Co2Baseline, BaselineFailure> {
  const lows = dailyLows(points);
  if (lows.length < SHORTEST_DAYS) {
    return err(failure("CALIBRATION_TOO_SHORT", `There are ${lows.length} days of CO₂; ${SHORTEST_DAYS} are needed.`));
  }
  const sorted = [...lows].sort((a, b) => a - b);
  const lowest = sorted[0] ?? Number.NaN;
  const fresh = sorted.filter((low) => low - lowest <= SPREAD_PPM);
  if (fresh.length < FRESH_DAYS_NEEDED) {
    return err(failure("CALIBRATION_NO_BASELINE", "The room was not aired to outdoor level on three days."));
  }
  const level = fresh[Math.floor((fresh.length - 1) / 2)] ?? lowest;
  const offsetPpm = Math.round(outdoorPpm - level);
  if (Math.abs(offsetPpm) > LARGEST_OFFSET_PPM) {
    return err(
      failure(
        "CALIBRATION_NO_BASELINE",
        `The sensor shows ${Math.round(level)} ppm at best, which is too far off to shift.`,
      ),
    );
  }
  const correction = { method: "co2-baseline", version: 1, offsetPpm } as const;
  return ok({ correction, lowestPpm: Math.round(level), freshDays: fresh.length, days: lows.length });
}

/** The lowest value of each UTC day, the lowest hundredth left out. */
function dailyLows(points: readonly Co2Point[]): number[] {
  const byDay = new Map<number, number[]>();
  for (const { at, ppm } of points) {
    const day = Math.floor(at / DAY_MS);
    const values = byDay.get(day);
    if (values === undefined) byDay.set(day, [ppm]);
    else values.push(ppm);
  }
  return [...byDay.values()].map((values) => {
    const sorted = values.sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * NOISE_SHARE)] ?? Number.NaN;
  });
}

function failure(code: BaselineFailure["code"], detail: string): BaselineFailure {
  return {
    code,
    op: "find baseline",
    subject: "co2",
    detail,
    hint: "Air the room well on a few days, or put the sensor outdoors for twenty minutes and set 425 ppm there.",
    retry: "after-change",
  };
}
