/** Why a statistic cannot be computed here yet, whatever is bound. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  slope_vs_group_median: "needs a comparison group of at least 8 homes",
  vs_group_median: "needs a comparison group of at least 8 homes",
  per_person_day: "needs the number of people behind the meter",
  summer_over_winter_daily: "needs meter readings of a whole year",
  evening_increment_winter_vs_summer: "needs meter readings of a summer and a winter",
  last_over_baseline: "needs to know which samples were taken in dry weather",
};

/** The reason for which a statistic is never judged in this version; undefined when it can be. */
export function unsupportedBecause(statistic: string): string | undefined {
  return UNSUPPORTED[statistic];
}

export const NO_OCCUPANCY = "needs the hours in which people are present";
export const NO_SOIL_TEXTURE = "needs the texture of the soil";
export const NO_TOP_FLOOR = "needs a sensor whose place says top floor, attic or loft";
export const NO_FORECAST = "needs a weather forecast, which is not connected";
export const TOO_FEW_SAMPLES = "needs at least 16 samples of the season";
export const NO_EXPOSURE = "a sensor measures it but does not say whether it is indoors or outdoors";
