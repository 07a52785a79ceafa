import type {
  BandLevel,
  BandSet,
  Guideline,
  GuidelineLimit,
  PollutantBandSet,
  ScaleBandSet,
} from "../knowledge/bands/index.ts";
import { type Verification, weakestVerification } from "../knowledge/words/index.ts";
import { judgeScale } from "./bands.ts";
import type { IndexInputs } from "./index-definition.ts";
import { bandLabelKey, type IndexPart, type IndexResult } from "./index-result.ts";
import { judgePollutant } from "./pollutant-bands.ts";
import { applySulphurRule, aqiLevel, indexFromTable, US_AQI } from "./us-aqi.ts";

const headOf = (set: BandSet | Guideline, ver: Verification = set.ver) => ({
  bandSet: { id: set.id, version: set.version, title: set.title },
  sources: set.sources,
  verification: ver,
});

function describeLevel(setId: string, level: BandLevel | null) {
  return {
    band: level?.id ?? null,
    bandLabel: level?.label ?? null,
    bandLabelKey: level === null ? null : bandLabelKey(setId, level.id),
    color: level?.color ?? null,
    advice: level?.advice ?? null,
  };
}

/** The part with the highest index; the first one wins a tie. */
function worstPart(parts: readonly IndexPart[]): IndexPart | undefined {
  return parts.reduce<IndexPart | undefined>(
    (worst, part) => (part.index !== null && part.index > (worst?.index ?? -1) ? part : worst),
    undefined,
  );
}

function withResponsible(worst: IndexPart | undefined) {
  return worst === undefined ? {} : { responsible: worst.pollutant };
}

function weakestOf(set: BandSet | Guideline, parts: readonly IndexPart[]): Verification {
  return weakestVerification([set.ver, ...parts.map((part) => part.verification)]);
}

/** The US AQI of checked inputs: the highest pollutant decides. */
export function computeUsAqi(inputs: IndexInputs): IndexResult {
  const tables = US_AQI.pollutants.filter((table) => inputs[table.id] !== undefined);
  const raw = tables.map((table) => indexFromTable(table, inputs[table.id] ?? 0));
  const parts = applySulphurRule(raw).map((part): IndexPart => {
    const level = part.index === null ? null : aqiLevel(part.index).level;
    return {
      pollutant: part.table.pollutant,
      input: part.table.id,
      value: part.value,
      unit: part.table.unit,
      statistic: part.table.statistic,
      index: part.index,
      band: level?.id ?? null,
      bandLabelKey: level === null ? null : bandLabelKey(US_AQI.id, level.id),
      verification: part.table.ver ?? US_AQI.ver,
      ...(part.note === undefined ? {} : { note: part.note }),
    };
  });
  const worst = worstPart(parts);
  const value = worst?.index ?? null;
  return {
    index: "us-aqi",
    value,
    ...describeLevel(US_AQI.id, value === null ? null : aqiLevel(value).level),
    ...withResponsible(worst),
    perPollutant: parts,
    ...headOf(US_AQI, weakestOf(US_AQI, parts)),
  };
}

/** A multi-pollutant band index of checked inputs: the worst pollutant decides. */
export function computePollutantIndex(name: string, set: PollutantBandSet, inputs: IndexInputs): IndexResult {
  const judged = set.pollutants
    .filter((bands) => inputs[bands.id] !== undefined)
    .map((bands) => judgePollutant(set, bands, inputs[bands.id] ?? 0));
  const parts = judged.map(
    (part): IndexPart => ({
      pollutant: part.bands.pollutant,
      input: part.bands.id,
      value: part.value,
      unit: part.bands.unit,
      statistic: part.bands.statistic,
      index: part.index,
      band: part.level.id,
      bandLabelKey: bandLabelKey(set.id, part.level.id),
      verification: part.bands.ver ?? set.ver,
    }),
  );
  const worst = worstPart(parts);
  const level = judged.find((part) => part.index === worst?.index)?.level ?? null;
  return {
    index: name,
    value: worst?.index ?? null,
    ...describeLevel(set.id, level),
    ...withResponsible(worst),
    perPollutant: parts,
    ...headOf(set, weakestOf(set, parts)),
  };
}

function judgeLimit(guideline: Guideline, limit: GuidelineLimit, value: number): IndexPart {
  const exceeds = limit.above ? value > limit.value : value < limit.value;
  const band = exceeds ? "exceeded" : "met";
  return {
    pollutant: limit.pollutant,
    input: limit.key,
    value,
    unit: limit.unit,
    statistic: limit.statistic,
    index: null,
    band,
    bandLabelKey: bandLabelKey(guideline.id, band),
    verification: limit.ver ?? guideline.ver,
    limit: limit.value,
    exceeds,
    ...(exceeds ? interimTarget(limit, value) : {}),
    ...(limit.note === undefined ? {} : { note: limit.note }),
  };
}

/** The strictest interim target that a value above the guideline still meets: 1 is the loosest. */
function interimTarget({ interim = [] }: GuidelineLimit, value: number): { readonly interimTarget?: number } {
  const met = interim.findLastIndex((target) => value <= target);
  return met < 0 ? {} : { interimTarget: met + 1 };
}

const timesOver = (part: IndexPart) => part.value / (part.limit ?? 1);

/** Compares checked inputs with the limits of a guideline; exceeded when any of them is. */
export function computeGuideline(name: string, guideline: Guideline, inputs: IndexInputs): IndexResult {
  const parts = guideline.limits
    .filter((limit) => inputs[limit.key] !== undefined)
    .map((limit) => judgeLimit(guideline, limit, inputs[limit.key] ?? 0));
  const worst = [...parts].sort((a, b) => timesOver(b) - timesOver(a))[0];
  const exceeded = parts.some((part) => part.exceeds === true);
  const band = exceeded ? "exceeded" : "met";
  return {
    index: name,
    value: null,
    band,
    bandLabel: exceeded ? "Guideline exceeded" : "Guideline met",
    bandLabelKey: bandLabelKey(guideline.id, band),
    color: null,
    advice: null,
    ...withResponsible(worst),
    perPollutant: parts,
    ...headOf(guideline, weakestVerification([guideline.ver, ...parts.map((part) => part.verification)])),
  };
}

/** What a scale says about `judged`, the value its bands apply to; `given` is what was typed for `key`. */
export function scaleResult(name: string, set: ScaleBandSet, key: string, given: number, judged: number): IndexResult {
  const { level, rank } = judgeScale(set, judged);
  const part: IndexPart = {
    pollutant: set.quantity ?? key,
    input: key,
    value: given,
    unit: set.unit,
    statistic: set.statistic,
    index: rank + 1,
    band: level.id,
    bandLabelKey: bandLabelKey(set.id, level.id),
    verification: set.ver,
  };
  return { index: name, value: judged, ...describeLevel(set.id, level), perPollutant: [part], ...headOf(set) };
}
