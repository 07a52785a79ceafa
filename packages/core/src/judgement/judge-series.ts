import {
  BAND_RULES,
  type BreakpointTable,
  findGuideline,
  type GuidelineLimit,
  pollutantBandSet,
  type ScaleBandSet,
  scaleBandSet,
} from "../knowledge/bands/index.ts";
import type { Exposure } from "../sensing/index.ts";
import type { SeriesBuckets } from "../series/index.ts";
import type { Instant, Quantity } from "../shared/index.ts";
import { judgeScale } from "./bands.ts";
import { judgeVentilation } from "./co2.ts";
import { judged, notEnoughData, type SeriesJudgement } from "./judgement.ts";
import { computeNowCast } from "./nowcast.ts";
import { judgePollutant } from "./pollutant-bands.ts";
import { meanOfLast, type RecentHours, takeRecentHours } from "./recent-hours.ts";
import { aqiLevel, indexFromTable, US_AQI } from "./us-aqi.ts";

export interface SeriesQuestion {
  readonly quantity: Quantity;
  readonly exposure: Exposure;
  /** Hourly buckets of the last day or more, canonical unit of the quantity; the running hour may be included. */
  readonly hours: SeriesBuckets;
  readonly now: Instant;
  /** The outdoor CO2 in ppm where a sensor knows it; otherwise the default (an assumption) is used. */
  readonly co2OutdoorPpm?: number;
}

const WINDOW_HOURS = 24;
/** Fewer hours than this say nothing about a day. */
const MIN_DAY_HOURS = 3;

/**
 * Judges a channel as it stands at `now`, the most telling scale first. A quantity without bands gives an empty list;
 * too little data is an entry of its own, never a guess.
 *
 * Outdoor air gets the US AQI (PM by NowCast), the EAQI and the WHO guideline; indoor air gets CO2 classes and the WHO
 * guideline. Air indexes are for outdoor air and are not applied indoors or where the exposure is unknown.
 */
export function judgeSeries(question: SeriesQuestion): readonly SeriesJudgement[] {
  const recent = takeRecentHours(question.hours, question.now, WINDOW_HOURS);
  const { quantity, exposure } = question;
  if (exposure === "mobile") return [];
  if (isAirPollutant(quantity)) {
    const outdoor = exposure === "outdoor" ? judgeOutdoorAir(quantity, recent) : [];
    return [...outdoor, ...judgeWhoDay(quantity, recent)];
  }
  if (quantity === "turbidity") return [judgeNow(scaleBandSet("turbidity_stream"), recent)];
  if (exposure !== "indoor") return [];
  if (quantity === "co2") return judgeIndoorCo2(recent, question.co2OutdoorPpm);
  if (quantity === "humidity") return [judgeDay(scaleBandSet("humidity_mould"), recent)];
  if (quantity === "radon") return [judgeDay(scaleBandSet("radon"), recent, true)];
  if (quantity === "temperature") return judgeGuidelineDay("indoor_temp_min", "temperature", recent, 1);
  return [];
}

const AIR_POLLUTANTS = ["pm25", "pm10", "no2", "o3", "so2", "co"] as const;
type AirPollutant = (typeof AIR_POLLUTANTS)[number];

function isAirPollutant(quantity: Quantity): quantity is AirPollutant {
  return (AIR_POLLUTANTS as readonly string[]).includes(quantity);
}

function judgeOutdoorAir(quantity: AirPollutant, recent: RecentHours): SeriesJudgement[] {
  const aqi =
    quantity === "pm25" || quantity === "pm10" ? judgeNowCastAqi(quantity, recent) : judgeGasAqi(quantity, recent);
  return quantity === "co" ? [aqi] : [aqi, judgeEaqi(quantity, recent)];
}

function judgeNowCastAqi(quantity: "pm25" | "pm10", recent: RecentHours): SeriesJudgement {
  const last12 = recent.means.slice(-12);
  const nowCast = computeNowCast(last12, quantity);
  const have = last12.slice(-3).filter((mean) => mean !== null).length;
  const table = US_AQI.pollutants.find((candidate) => candidate.id === quantity);
  if (nowCast === null || table === undefined) return notEnoughData(US_AQI, "nowcast_12h", have, 2);
  const index = indexFromTable(table, nowCast.value).index ?? 0;
  const { level, rank } = aqiLevel(index);
  return judged(US_AQI, level, rank, US_AQI.levels.length, {
    statistic: "nowcast_12h",
    value: nowCast.value,
    unit: table.unit,
    index,
    coverage: nowCast.hours / 12,
    provisional: nowCast.hours < 12,
    verification: table.ver ?? US_AQI.ver,
    at: recent.endAt,
  });
}

/** Table and averaging hours by which a gas channel enters the US AQI. */
const GAS_TABLES: Readonly<Record<Exclude<AirPollutant, "pm25" | "pm10">, readonly [tableId: string, hours: number]>> =
  {
    no2: ["no2_1h", 1],
    so2: ["so2_1h", 1],
    o3: ["o3_8h", 8],
    co: ["co_8h", 8],
  };

function judgeGasAqi(quantity: Exclude<AirPollutant, "pm25" | "pm10">, recent: RecentHours): SeriesJudgement {
  const [tableId, hours] = GAS_TABLES[quantity];
  const table = US_AQI.pollutants.find((candidate) => candidate.id === tableId);
  const mean = meanOfLast(recent, hours);
  const need = Math.ceil(hours * BAND_RULES.minCoverage.value);
  if (table === undefined || mean === null || mean.present < need) {
    return notEnoughData(US_AQI, `mean_${hours}h`, mean?.present ?? 0, need);
  }
  const value = toTableUnit(quantity, mean.mean, table);
  const index = indexFromTable(table, value).index;
  if (index === null) return notEnoughData(US_AQI, table.statistic, mean.present, hours);
  const { level, rank } = aqiLevel(index);
  return judged(US_AQI, level, rank, US_AQI.levels.length, {
    statistic: table.statistic,
    value,
    unit: table.unit,
    index,
    coverage: mean.present / hours,
    provisional: mean.present < hours,
    // The conversion from µg/m³ rests on constants from memory.
    verification: quantity === "co" ? US_AQI.ver : BAND_RULES.ugM3PerPpb.ver,
    at: recent.endAt,
  });
}

/** Converts a channel's canonical unit (µg/m³; CO: ppm) to the table's unit at 25 °C. */
function toTableUnit(quantity: "no2" | "o3" | "so2" | "co", value: number, table: BreakpointTable): number {
  if (quantity === "co") return value;
  const ppb = value / BAND_RULES.ugM3PerPpb[quantity];
  return table.unit === "ppm" ? ppb / 1000 : ppb;
}

function judgeEaqi(quantity: Exclude<AirPollutant, "co">, recent: RecentHours): SeriesJudgement {
  const set = pollutantBandSet("eu_eaqi_2024");
  const bands = set.pollutants.find((candidate) => candidate.id === quantity);
  const mean = meanOfLast(recent, 1);
  if (bands === undefined || mean === null) return notEnoughData(set, "mean_1h", 0, 1);
  const part = judgePollutant(set, bands, Math.max(0, mean.mean));
  return judged(set, part.level, part.rank, set.levels.length, {
    statistic: "mean_1h",
    value: mean.mean,
    unit: bands.unit,
    index: part.index,
    coverage: 1,
    provisional: false,
    at: recent.endAt,
  });
}

function judgeWhoDay(quantity: AirPollutant, recent: RecentHours): readonly SeriesJudgement[] {
  const mgPerPpm = quantity === "co" ? BAND_RULES.ugM3PerPpb.co : 1;
  return judgeGuidelineDay("who_aqg_2021", quantity, recent, mgPerPpm);
}

function judgeGuidelineDay(
  id: string,
  quantity: string,
  recent: RecentHours,
  factor: number,
): readonly SeriesJudgement[] {
  const guideline = findGuideline(id);
  const limit = guideline?.limits.find((l) => l.pollutant === quantity && l.statistic === "mean_24h");
  if (guideline === undefined || limit === undefined) return [];
  const mean = meanOfLast(recent, WINDOW_HOURS);
  if (mean === null || mean.present < MIN_DAY_HOURS) {
    return [notEnoughData(guideline, "mean_24h", mean?.present ?? 0, MIN_DAY_HOURS)];
  }
  const value = mean.mean * factor;
  const { level, rank } = limitLevel(limit, value);
  return [
    judged(guideline, level, rank, 2, {
      statistic: "mean_24h",
      value,
      unit: limit.unit,
      index: null,
      ...dayCoverage(mean.present),
      verification: limit.ver ?? guideline.ver,
      at: recent.endAt,
    }),
  ];
}

function limitLevel(limit: GuidelineLimit, value: number) {
  const exceeds = limit.above ? value > limit.value : value < limit.value;
  if (!exceeds) return { level: { id: "met", label: "Guideline met", tone: "good" } as const, rank: 0 };
  const label = limit.above ? "Above guideline" : "Below guideline";
  return { level: { id: "exceeded", label, tone: "warn" } as const, rank: 1 };
}

function dayCoverage(present: number): { readonly coverage: number; readonly provisional: boolean } {
  const coverage = present / WINDOW_HOURS;
  return { coverage, provisional: coverage < BAND_RULES.minCoverage.value };
}

function judgeNow(set: ScaleBandSet, recent: RecentHours): SeriesJudgement {
  if (recent.now === null) return notEnoughData(set, set.statistic, 0, 1);
  const { level, rank } = judgeScale(set, recent.now.value);
  return judged(set, level, rank, set.levels.length, {
    statistic: set.statistic,
    value: recent.now.value,
    unit: set.unit,
    index: null,
    coverage: 1,
    provisional: false,
    at: recent.now.at,
  });
}

function judgeIndoorCo2(recent: RecentHours, outdoorPpm: number | undefined): readonly SeriesJudgement[] {
  return [judgeNow(scaleBandSet("co2_simple"), recent), judgeExcess(recent, outdoorPpm)];
}

/** The last full hour as excess over outdoors; with the default outdoor value it is an indication only. */
function judgeExcess(recent: RecentHours, outdoorPpm: number | undefined): SeriesJudgement {
  const set = scaleBandSet("co2_en16798");
  const mean = meanOfLast(recent, 1);
  if (mean === null) return notEnoughData(set, set.statistic, 0, 1);
  const { level, rank, excessPpm } = judgeVentilation(mean.mean, outdoorPpm);
  const isAssumed = outdoorPpm === undefined;
  return judged(set, level, rank, set.levels.length, {
    statistic: set.statistic,
    value: excessPpm,
    unit: set.unit,
    index: null,
    coverage: 1,
    provisional: isAssumed,
    verification: isAssumed ? BAND_RULES.co2OutdoorPpm.ver : set.ver,
    at: recent.endAt,
  });
}

function judgeDay(set: ScaleBandSet, recent: RecentHours, isLongAverage = false): SeriesJudgement {
  const mean = meanOfLast(recent, WINDOW_HOURS);
  if (mean === null || mean.present < MIN_DAY_HOURS) {
    return notEnoughData(set, "mean_24h", mean?.present ?? 0, MIN_DAY_HOURS);
  }
  const { level, rank } = judgeScale(set, mean.mean);
  const { coverage, provisional } = dayCoverage(mean.present);
  return judged(set, level, rank, set.levels.length, {
    statistic: "mean_24h",
    value: mean.mean,
    unit: set.unit,
    index: null,
    coverage,
    provisional: provisional || isLongAverage,
    at: recent.endAt,
  });
}
