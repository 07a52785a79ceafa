import { findGuideline, pollutantBandSet, scaleBandSet } from "../knowledge/bands/index.ts";
import { err, isQuantity, ok, quantitySpec, type Result } from "../shared/index.ts";
import { judgeVentilation } from "./co2.ts";
import { type JudgementFailure, judgementFailure } from "./failure.ts";
import { heatIndexC, humidex, wbgtEstimate } from "./heat.ts";
import { dewPointC } from "./humidity.ts";
import { computeGuideline, computePollutantIndex, computeUsAqi, scaleResult } from "./index-computation.ts";
import type { IndexDefinition, IndexInputSpec, IndexInputs } from "./index-definition.ts";
import type { IndexResult } from "./index-result.ts";
import { US_AQI } from "./us-aqi.ts";

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
      const value = Math.round(compute(inputs["temperature"] ?? 0, inputs["humidity"] ?? 0) * 10) / 10;
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
    const range = plausibleRange(spec);
    if (range !== null && (value < range[0] || value > range[1])) {
      const detail = `${value} ${spec.unit} is no plausible value of ${key}: sensors give ${range[0]} to ${range[1]}.`;
      return refuse("JUDGEMENT_INPUT_INVALID", key, detail);
    }
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

/**
 * What a reading of the input's quantity may be without being `out_of_range`; `null` where the index asks in another
 * unit than the one in which the quantity is kept.
 */
function plausibleRange({ key, unit }: IndexInputSpec): readonly [min: number, max: number] | null {
  const quantity = key.split("_")[0] ?? "";
  if (!isQuantity(quantity)) return null;
  const spec = quantitySpec(quantity);
  return spec.unit === unit || spec.unit === `[${unit}]` ? spec.plausible : null;
}

/** Concentrations and shares are never negative; temperatures may be, and humidity ends at 100 %. */
function isPossible(spec: IndexInputSpec, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (spec.unit === "degC") return value >= -90 && value <= 70;
  return spec.unit === "%" ? value > 0 && value <= 100 : value >= 0;
}
