import {
  type BandLevel,
  type BandSet,
  findGuideline,
  type Guideline,
  type GuidelineLimit,
  type PollutantBandSet,
  pollutantBandSet,
  type ScaleBandSet,
  scaleBandSet,
} from "../knowledge/bands/index.ts";
import { type Verification, weakestVerification } from "../knowledge/index.ts";
import { err, ok, type Result } from "../shared/index.ts";
import { judgeScale } from "./bands.ts";
import { judgeVentilation } from "./co2.ts";
import { type JudgementFailure, judgementFailure } from "./failure.ts";
import { heatIndexC, humidex, wbgtEstimate } from "./heat.ts";
import { dewPointC } from "./humidity.ts";
import { bandLabelKey, type IndexPart, type IndexResult } from "./index-result.ts";
import { judgePollutant } from "./pollutant-bands.ts";
import { applySulphurRule, aqiLevel, indexFromTable, US_AQI } from "./us-aqi.ts";

/** Averaged values by input key, in the unit the index names for that key. */
export type IndexInputs = Readonly<Record<string, number>>;

export interface IndexInputSpec {
  readonly key: string;
  readonly aliases: readonly string[];
  readonly unit: string;
  readonly statistic: string;
  /** The index says nothing without it. */
  readonly required?: boolean;
  /** Not enough on its own. */
  readonly optional?: boolean;
}

/** One index a person can ask for by name. */
export interface IndexDefinition {
  readonly name: string;
  readonly title: string;
  readonly bandSetId: string;
  readonly version: string;
  readonly inputs: readonly IndexInputSpec[];
  /** Judges inputs whose keys and values were checked by `computeIndex`. */
  compute(inputs: IndexInputs): IndexResult;
}

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

function computeUsAqi(inputs: IndexInputs): IndexResult {
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

function computePollutantIndex(name: string, set: PollutantBandSet, inputs: IndexInputs): IndexResult {
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

function computeGuideline(name: string, guideline: Guideline, inputs: IndexInputs): IndexResult {
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
function scaleResult(name: string, set: ScaleBandSet, key: string, given: number, judged: number): IndexResult {
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

const input = (key: string, unit: string, statistic: string, aliases: readonly string[] = []): IndexInputSpec => ({
  key,
  aliases,
  unit,
  statistic,
});

function usAqiIndex(): IndexDefinition {
  return {
    name: "us-aqi",
    title: US_AQI.title,
    bandSetId: US_AQI.id,
    version: US_AQI.version,
    inputs: US_AQI.pollutants.map((t) => input(t.id, t.unit, t.statistic, t.alias === undefined ? [] : [t.alias])),
    compute: computeUsAqi,
  };
}

function pollutantIndex(name: string, setId: string): IndexDefinition {
  const set = pollutantBandSet(setId);
  return {
    name,
    title: set.title,
    bandSetId: set.id,
    version: set.version,
    inputs: set.pollutants.map((bands) => input(bands.id, bands.unit, bands.statistic)),
    compute: (inputs) => computePollutantIndex(name, set, inputs),
  };
}

/** Short names people type for the limit they most likely mean. */
const WHO_ALIASES: Readonly<Record<string, readonly string[]>> = {
  pm25_24h: ["pm25"],
  pm10_24h: ["pm10"],
  o3_8h: ["o3"],
  no2_24h: ["no2"],
  so2_24h: ["so2"],
  co_24h: ["co"],
};

function whoIndex(): IndexDefinition {
  const guideline = findGuideline("who_aqg_2021");
  if (guideline === undefined) throw new TypeError("who_aqg_2021 is missing from guidelines.yaml; restore it.");
  return {
    name: "who",
    title: guideline.title,
    bandSetId: guideline.id,
    version: guideline.version,
    inputs: guideline.limits.map((l) => input(l.key, l.unit, l.statistic, WHO_ALIASES[l.key] ?? [])),
    compute: (inputs) => computeGuideline("who", guideline, inputs),
  };
}

function scaleIndex(name: string, setId: string, key: string): IndexDefinition {
  const set = scaleBandSet(setId);
  return {
    name,
    title: set.title,
    bandSetId: set.id,
    version: set.version,
    inputs: [input(key, set.unit, set.statistic)],
    compute: (inputs) => scaleResult(name, set, key, inputs[key] ?? 0, inputs[key] ?? 0),
  };
}

function ventilationIndex(): IndexDefinition {
  const set = scaleBandSet("co2_en16798");
  return {
    name: "ventilation",
    title: set.title,
    bandSetId: set.id,
    version: set.version,
    inputs: [input("co2", "ppm", set.statistic), { ...input("outdoor", "ppm", set.statistic), optional: true }],
    compute: (inputs) => {
      const co2 = inputs["co2"] ?? 0;
      return scaleResult("ventilation", set, "co2", co2, judgeVentilation(co2, inputs["outdoor"]).excessPpm);
    },
  };
}

/** A heat measure computed from air temperature and relative humidity, then looked up in its classes. */
function heatIndexDefinition(
  name: string,
  setId: string,
  compute: (airC: number, humidityPct: number) => number,
): IndexDefinition {
  const set = scaleBandSet(setId);
  return {
    name,
    title: set.title,
    bandSetId: set.id,
    version: set.version,
    inputs: [
      { ...input("temperature", "degC", set.statistic, ["t"]), required: true },
      { ...input("humidity", "%", set.statistic, ["rh"]), required: true },
    ],
    compute: (inputs) => {
      const value = compute(inputs["temperature"] ?? 0, inputs["humidity"] ?? 0);
      return scaleResult(name, set, name.replaceAll("-", "_"), value, value);
    },
  };
}

/** Every index by the name used in the CLI. */
export const INDEXES: Readonly<Record<string, IndexDefinition>> = Object.fromEntries(
  [
    usAqiIndex(),
    pollutantIndex("eaqi", "eu_eaqi_2024"),
    pollutantIndex("daqi", "uk_daqi"),
    whoIndex(),
    scaleIndex("co2", "co2_simple", "co2"),
    ventilationIndex(),
    scaleIndex("humidity", "humidity_mould", "humidity"),
    heatIndexDefinition("heat-index", "heat_index_nws", heatIndexC),
    heatIndexDefinition("humidex", "humidex_eccc", (airC, humidityPct) => humidex(airC, dewPointC(airC, humidityPct))),
    heatIndexDefinition("wbgt", "wbgt", wbgtEstimate),
    scaleIndex("radon", "radon", "radon"),
    scaleIndex("turbidity", "turbidity_stream", "turbidity"),
    scaleIndex("oxygen", "do_stream", "oxygen"),
  ].map((definition) => [definition.name, definition]),
);

/** Judges averaged values with a named index. Negative, non-finite, unknown or missing inputs are failures. */
export function computeIndex(name: string, inputs: IndexInputs): Result<IndexResult, JudgementFailure> {
  const definition = Object.hasOwn(INDEXES, name) ? INDEXES[name] : undefined;
  if (definition === undefined) {
    const hint = `Known indexes: ${Object.keys(INDEXES).join(", ")}.`;
    return err(judgementFailure("JUDGEMENT_INDEX_UNKNOWN", name, `There is no index called "${name}".`, hint));
  }
  const resolved = resolveInputs(definition, inputs);
  if (!resolved.ok) return resolved;
  const result = definition.compute(resolved.value);
  if (result.band === null) {
    const notes = result.perPollutant.map((part) => `${part.input}: ${part.note ?? "outside the table"}`).join("; ");
    return err(judgementFailure("JUDGEMENT_OUT_OF_TABLE", name, `No table of ${name} covers these values (${notes}).`));
  }
  return ok(result);
}

function resolveInputs(definition: IndexDefinition, inputs: IndexInputs): Result<IndexInputs, JudgementFailure> {
  const usage = `${definition.name} takes ${definition.inputs.map((s) => `${s.key} (${s.unit}, ${s.statistic})`).join(", ")}.`;
  const refuse = (code: JudgementFailure["code"], subject: string, detail: string) =>
    err(judgementFailure(code, subject, detail, usage));
  const resolved: Record<string, number> = {};
  for (const [key, value] of Object.entries(inputs)) {
    const spec = definition.inputs.find((candidate) => candidate.key === key || candidate.aliases.includes(key));
    if (spec === undefined) return refuse("JUDGEMENT_INPUT_UNKNOWN", key, `${definition.name} has no input "${key}".`);
    if (!isPossible(spec, value))
      return refuse("JUDGEMENT_INPUT_INVALID", key, `${value} is no possible value of ${key}.`);
    resolved[spec.key] = value;
  }
  const missing = definition.inputs.find((spec) => spec.required === true && resolved[spec.key] === undefined);
  if (missing !== undefined) {
    return refuse("JUDGEMENT_INPUT_MISSING", missing.key, `${definition.name} needs ${missing.key}.`);
  }
  const hasAny = definition.inputs.some((spec) => spec.optional !== true && resolved[spec.key] !== undefined);
  if (hasAny) return ok(resolved);
  return refuse("JUDGEMENT_INPUT_MISSING", definition.name, `${definition.name} needs at least one value.`);
}

/** Concentrations and shares are never negative; temperatures may be, and humidity ends at 100 %. */
function isPossible(spec: IndexInputSpec, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (spec.unit === "degC") return value >= -90 && value <= 70;
  return spec.unit === "%" ? value > 0 && value <= 100 : value >= 0;
}
