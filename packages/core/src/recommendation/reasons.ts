import { createSentence, type Sentence } from "../knowledge/index.ts";

const reason = (id: string, template: string, values: Readonly<Record<string, string | number>> = {}): Sentence =>
  createSentence(`reason.${id}`, template, values);

const NO_COMPARISON = reason("comparison", "needs a comparison group of at least 8 homes");

/** Why a statistic cannot be computed here yet, whatever is bound. */
const UNSUPPORTED: Readonly<Record<string, Sentence>> = {
  slope_vs_group_median: NO_COMPARISON,
  vs_group_median: NO_COMPARISON,
  per_person_day: reason("people", "needs the number of people behind the meter"),
  summer_over_winter_daily: reason("whole-year", "needs meter readings of a whole year"),
  evening_increment_winter_vs_summer: reason("summer-and-winter", "needs meter readings of a summer and a winter"),
  last_over_baseline: reason("dry-weather", "needs to know which samples were taken in dry weather"),
};

/** The reason for which a statistic is never judged in this version; undefined when it can be. */
export function unsupportedBecause(statistic: string): Sentence | undefined {
  return UNSUPPORTED[statistic];
}

export const NO_OCCUPANCY = reason("occupancy", "needs the hours in which people are present");
export const NO_SOIL_TEXTURE = reason("soil-texture", "needs the texture of the soil");
export const NO_TOP_FLOOR = reason("top-floor", "needs a sensor whose place says top floor, attic or loft");
export const NO_FORECAST = reason("forecast", "needs a weather forecast, which is not connected");
export const TOO_FEW_SAMPLES = reason("samples", "needs at least 16 samples of the season");
export const NO_EXPOSURE = reason(
  "exposure",
  "a sensor measures it but does not say whether it is indoors or outdoors",
);
export const NOT_COMPUTED = reason("not-computed", "is not computed yet");

/** Nothing measures `what`; `whatId` names its message. */
export function nothingMeasures(canBeMeasured: boolean, what: string, whatId: string): Sentence {
  return canBeMeasured
    ? reason("no-sensor", 'no sensor measures "{what}" and no value was entered', { what, whatId })
    : reason("no-value", 'no value was entered for "{what}"', { what, whatId });
}

/** What was entered by hand is older than the window of the condition. */
export function valueTooOld(days: number): Sentence {
  return reason("old-value", "the last value entered is older than {days} days", { days });
}
