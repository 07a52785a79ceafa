import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  apparentTemperatureC,
  bathingPercentiles,
  classifyBathingWater,
  computeIndex,
  computeNowCast,
  dewPointC,
  energyMeanDb,
  heatIndexC,
  heatIndexF,
  humidex,
  lden,
  rainwaterYieldL,
  steadyStateCo2,
  steadyStatePmShare,
  surfaceHumidityPct,
  wbgt,
  wbgtEstimate,
} from "./index.ts";

interface Vector {
  readonly origin: "official" | "quoted" | "computed";
  readonly in: Record<string, number>;
  readonly out: unknown;
  readonly tol?: number;
  readonly [extra: string]: unknown;
}
type Groups = Record<string, readonly Vector[]>;

const { schema: _schema, ...groups } = parse(
  readFileSync(new URL("../../knowledge/test-vectors.yaml", import.meta.url), "utf8"),
) as Groups & { schema: string };

function overall(index: string, inputs: Record<string, number>): number | null {
  const result = computeIndex(index, inputs);
  if (!result.ok) expect(result.error.code).toBe("JUDGEMENT_OUT_OF_TABLE");
  return result.ok ? result.value.value : null;
}

function checkUsAqi(vector: Vector): void {
  if (typeof vector.out !== "object" || vector.out === null) {
    expect(overall("us-aqi", vector.in)).toBe(vector.out);
    return;
  }
  const { overall: value, responsible, ...parts } = vector.out as Record<string, number | string>;
  const result = computeIndex("us-aqi", vector.in);
  if (!result.ok) throw new Error(result.error.detail);
  expect(result.value).toMatchObject({ value, responsible });
  const indexOf = (key: string) => result.value.perPollutant.find((p) => p.input === key || p.pollutant === key)?.index;
  for (const [key, index] of Object.entries(parts)) expect(indexOf(key)).toBe(index);
}

function checkNowCast(vector: Vector): void {
  const expected = vector.out as { raw: number | null; nowcast: number | null; w?: number; aqi?: number };
  const nowCast = computeNowCast(vector.in as unknown as (number | null)[], "pm25");
  if (expected.raw === null) {
    expect(nowCast).toBeNull();
    return;
  }
  expect(nowCast?.raw).toBeCloseTo(expected.raw, 6);
  expect(nowCast?.value).toBe(expected.nowcast);
  if (expected.w !== undefined) expect(nowCast?.weight).toBe(expected.w);
  if (expected.aqi !== undefined) expect(overall("us-aqi", { pm25: nowCast?.value ?? -1 })).toBe(expected.aqi);
}

function checkEaqi(vector: Vector): void {
  expect(overall("eaqi", vector.in)).toBe(vector.out);
}

function checkBathing(vector: Vector): void {
  const expected = vector.out as Record<string, number | string>;
  const percentiles = bathingPercentiles(vector.in as unknown as number[]);
  expect(percentiles.p90).toBeCloseTo(Number(expected["p90"]), 1);
  expect(percentiles.p95).toBeCloseTo(Number(expected["p95"]), 1);
  expect(classifyBathingWater("inland", "ecoli", percentiles)).toBe(expected["inland_ecoli"]);
  expect(classifyBathingWater("coastal", "ecoli", percentiles)).toBe(expected["coastal_ecoli"]);
  expect(classifyBathingWater("inland", "enterococci", percentiles)).toBe(expected["inland_enterococci"]);
}

function checkRain(vector: Vector): void {
  const { area = 0, rain = 0, c = 0, filter = 0 } = vector.in;
  const litres = rainwaterYieldL(area, rain, c, filter);
  expect(litres).toBeCloseTo(Number(vector.out), 6);
  const tank = vector["tank_5pct"];
  if (typeof tank === "number") expect(litres * 0.05).toBeCloseTo(tank, 6);
}

/** Compares within the tolerance the vector names, else half a unit of its last printed decimal. */
const numeric = (compute: (x: Record<string, number>) => number, decimals: number) => (vector: Vector) => {
  const tolerance = vector.tol ?? 0.5 * 10 ** -decimals + 1e-9;
  expect(Math.abs(compute(vector.in) - Number(vector.out))).toBeLessThanOrEqual(tolerance);
};
const n = (x: Record<string, number>, key: string): number => {
  const value = x[key];
  if (value === undefined) throw new Error(`The vector has no input ${key}.`);
  return value;
};

const CHECKS: Record<string, (vector: Vector) => void> = {
  us_aqi: checkUsAqi,
  us_nowcast_pm: checkNowCast,
  eu_eaqi_2024: checkEaqi,
  uk_daqi: (vector) => expect(overall("daqi", vector.in)).toBe(vector.out),
  heat_index_f: numeric((x) => heatIndexF(n(x, "t_f"), n(x, "rh")), 1),
  heat_index_c: numeric((x) => heatIndexC(n(x, "t_c"), n(x, "rh")), 1),
  humidex: numeric((x) => humidex(n(x, "t_c"), dewPointC(n(x, "t_c"), n(x, "rh"))), 1),
  wbgt_iso7243: numeric((x) => wbgt(n(x, "tnwb"), n(x, "tg"), x["sun"] ? x["ta"] : undefined), 1),
  wbgt_estimate: numeric((x) => wbgtEstimate(n(x, "t_c"), n(x, "rh")), 2),
  apparent_temp_bom: numeric((x) => apparentTemperatureC(n(x, "t_c"), n(x, "rh"), n(x, "ws")), 2),
  dew_point_magnus: numeric((x) => dewPointC(n(x, "t_c"), n(x, "rh")), 2),
  surface_rh: numeric((x) => surfaceHumidityPct(n(x, "t_c"), n(x, "rh"), n(x, "ts_c")), 1),
  lden: numeric((x) => lden(n(x, "day"), n(x, "evening"), n(x, "night")), 2),
  leq: numeric((x) => energyMeanDb(x as unknown as number[]), 2),
  bathing_percentile: checkBathing,
  rainwater_yield_l: checkRain,
  co2_steady_state_ppm: numeric((x) => steadyStateCo2(n(x, "cout"), n(x, "persons"), n(x, "g_lps"), n(x, "q_lps")), 0),
  pm_steady_state: numeric((x) => steadyStatePmShare(n(x, "a"), n(x, "k"), n(x, "cadr"), n(x, "v")), 3),
};

test("every group of published test vectors has a check", () => {
  expect(Object.keys(groups).sort()).toEqual(Object.keys(CHECKS).sort());
});

for (const [group, vectors] of Object.entries(groups)) {
  test.each(vectors.map((vector) => [JSON.stringify(vector.in), vector] as const))(
    `${group} agrees with its vector for %s`,
    (_title, vector) => CHECKS[group]?.(vector),
  );
}
