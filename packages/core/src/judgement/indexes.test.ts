import fc from "fast-check";
import { expect, test } from "vitest";
import { computeIndex, INDEXES, parseIndexInputs, truncateConcentration } from "./index.ts";

test("the US AQI of EPA's worked example names ozone as responsible", () => {
  const result = computeIndex("us-aqi", { o3_8h: 0.07853333, pm25: 35.9, co: 8.4 });
  expect(result).toMatchObject({
    ok: true,
    value: {
      value: 126,
      band: "usg",
      bandLabelKey: "judgement.us_aqi.usg",
      responsible: "o3",
      bandSet: { id: "us_aqi", version: "2024-05-06" },
    },
  });
});

test("concentrations are cut, never rounded, and binary fractions lose nothing", () => {
  expect(truncateConcentration(9.09, 1)).toBe(9);
  expect(truncateConcentration(0.29, 2)).toBe(0.29);
  expect(truncateConcentration(1.005, 3)).toBe(1.005);
});

test("values that no sensor would give are refused, with what it could give", () => {
  for (const [name, inputs] of [
    ["us-aqi", { pm25: 5000 }],
    ["us-aqi", { pm10: 2000.1 }],
    ["eaqi", { o3: 6000 }],
    ["who", { pm25_24h: 1500 }],
    ["co2", { co2: 65_535 }],
    ["co2", { co2: 0 }],
  ] as const) {
    const refused = computeIndex(name, inputs);
    expect(refused, JSON.stringify(inputs)).toMatchObject({ error: { code: "JUDGEMENT_INPUT_INVALID" } });
    if (!refused.ok) expect(refused.error.detail).toContain("sensors give");
  }
  expect(computeIndex("us-aqi", { pm25: 1000 })).toMatchObject({ ok: true });
});

test("one-hour sulphur dioxide beyond its table reports at least 200 until the daily mean decides", () => {
  expect(computeIndex("us-aqi", { so2_1h: 400 })).toMatchObject({ value: { value: 200 } });
  expect(computeIndex("us-aqi", { so2_1h: 400, so2_24h: 200 })).toMatchObject({ value: { value: 200 } });
  expect(computeIndex("us-aqi", { so2_1h: 400, so2_24h: 605 })).toMatchObject({ value: { value: 301 } });
});

test("the higher of the one-hour and eight-hour ozone index counts", () => {
  expect(computeIndex("us-aqi", { o3_8h: 0.06, o3_1h: 0.3 })).toMatchObject({ value: { value: 248 } });
});

test("the WHO index says by which limit a guideline is exceeded", () => {
  const result = computeIndex("who", { pm25: 16, pm10: 20 });
  expect(result).toMatchObject({ value: { value: null, band: "exceeded", responsible: "pm25" } });
  expect(computeIndex("who", { pm25: 26 })).toMatchObject({
    value: { perPollutant: [{ exceeds: true, interimTarget: 3 }] },
  });
  expect(computeIndex("who", { pm25: 15 })).toMatchObject({ value: { band: "met" } });
});

test("CO2 classes are inclusive at their upper bounds and ventilation counts from outdoors", () => {
  expect(computeIndex("co2", { co2: 1000 })).toMatchObject({ value: { band: "ok" } });
  expect(computeIndex("co2", { co2: 1001 })).toMatchObject({ value: { band: "stuffy" } });
  expect(computeIndex("ventilation", { co2: 975 })).toMatchObject({ value: { band: "I" } });
  expect(computeIndex("ventilation", { co2: 975, outdoor: 420 })).toMatchObject({ value: { band: "II" } });
});

test("heat measures are computed from temperature and humidity", () => {
  const heat = computeIndex("heat-index", { temperature: 30, humidity: 80 });
  expect(heat).toMatchObject({ ok: true, value: { band: "extreme_caution", verification: "U" } });
  expect(heat.ok && heat.value.value).toBeCloseTo(37.7, 1);
  expect(computeIndex("humidex", { t: 34, rh: 100 })).toMatchObject({ value: { band: "heat_stroke_possible" } });
  expect(computeIndex("wbgt", { temperature: 25, humidity: 50 })).toMatchObject({ value: { band: "low" } });
  expect(computeIndex("wbgt", { temperature: 25 })).toMatchObject({
    error: { code: "JUDGEMENT_INPUT_MISSING", subject: "humidity" },
  });
  expect(computeIndex("wbgt", { temperature: 25, humidity: 0 })).toMatchObject({
    error: { code: "JUDGEMENT_INPUT_INVALID" },
  });
  expect(computeIndex("heat-index", { temperature: -5, humidity: 50 })).toMatchObject({ value: { band: "none" } });
});

test("wrong questions are refused with the right use", () => {
  expect(computeIndex("aqi", { pm25: 1 })).toMatchObject({ error: { code: "JUDGEMENT_INDEX_UNKNOWN" } });
  expect(computeIndex("constructor", { pm25: 1 })).toMatchObject({ error: { code: "JUDGEMENT_INDEX_UNKNOWN" } });
  expect(computeIndex("us-aqi", { pm3: 1 })).toMatchObject({ error: { code: "JUDGEMENT_INPUT_UNKNOWN" } });
  expect(computeIndex("us-aqi", { pm25: -1 })).toMatchObject({ error: { code: "JUDGEMENT_INPUT_INVALID" } });
  expect(computeIndex("us-aqi", { pm25: Number.NaN })).toMatchObject({ error: { code: "JUDGEMENT_INPUT_INVALID" } });
  expect(computeIndex("us-aqi", {})).toMatchObject({ error: { code: "JUDGEMENT_INPUT_MISSING" } });
  expect(computeIndex("us-aqi", { o3_8h: 0.3 })).toMatchObject({ error: { code: "JUDGEMENT_OUT_OF_TABLE" } });
});

test("pairs from the command line are read, doubles and words are refused", () => {
  expect(parseIndexInputs(["pm25=35.9", "PM2.5_24h=3"])).toEqual({ ok: true, value: { pm25: 35.9, pm25_24h: 3 } });
  expect(parseIndexInputs(["pm25=abc"])).toMatchObject({ error: { code: "JUDGEMENT_INPUT_INVALID" } });
  expect(parseIndexInputs(["pm25=1", "pm25=2"])).toMatchObject({ error: { code: "JUDGEMENT_INPUT_INVALID" } });
});

test("every index is monotone in each single input", () => {
  const names = ["us-aqi", "eaqi", "daqi", "co2", "radon", "turbidity"];
  const cases = names.flatMap((name) => (INDEXES[name]?.inputs ?? []).map((spec) => [name, spec.key] as const));
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...cases), share, share, ([name, key], a, b) => {
      const scale = name === "us-aqi" && key.startsWith("o3") ? 1 : 1500;
      const indexOf = (x: number) => {
        const result = computeIndex(name, { [key]: x * scale });
        return result.ok ? result.value.value : null;
      };
      const [lower, higher] = [indexOf(Math.min(a, b)), indexOf(Math.max(a, b))];
      if (lower !== null && higher !== null) expect(lower).toBeLessThanOrEqual(higher);
    }),
  );
});
