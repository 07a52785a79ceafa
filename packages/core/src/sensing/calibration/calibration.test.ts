import { describe, expect, test } from "vitest";
import { createRandom, DAY_MS, HOUR_MS } from "../../shared/index.ts";
import { findCo2Baseline } from "./co2-baseline.ts";
import { type ColocationPair, fitColocation } from "./colocation.ts";
import { applyCorrection, correctionName } from "./correction.ts";
import { correctBarkjohn2021, correctFireAndSmoke2023, epaEligibility } from "./epa-pm25.ts";
import { judgeAgreement, measureAgreement } from "./performance.ts";

const START = Date.UTC(2026, 0, 5);

/** A dust sensor that reads 1.6 times too high and higher still in damp air, beside a reference. */
function dusty(
  hours: number,
  options: { readonly noise?: number; readonly humidity?: boolean } = {},
): ColocationPair[] {
  const random = createRandom(42);
  return Array.from({ length: hours }, (_, i) => {
    const reference = 12 + 9 * Math.sin(i / 5) + 4 * Math.sin(i / 37);
    const humidity = 60 + 30 * Math.sin(i / 11);
    const noise = (random() - 0.5) * (options.noise ?? 1);
    const sensor = (reference + 0.1 * humidity - 3) / 0.6 + noise;
    return { at: START + i * HOUR_MS, sensor, reference, ...(options.humidity === false ? {} : { humidity }) };
  });
}

describe("comparing a sensor with a reference beside it", () => {
  test("finds the straight correction, with everything one needs to judge it", () => {
    const fit = fitColocation(dusty(40 * 24), { quantity: "pm25", method: "linear" });
    if (!fit.ok) throw new TypeError(fit.error.detail);
    const { correction, raw, corrected, warnings, expiresAt, to, n } = fit.value;
    expect(correction.slope).toBeCloseTo(0.58, 1);
    expect(n).toBe(960);
    expect(corrected.rmse).toBeLessThan(raw.rmse / 2);
    expect(corrected.r2).toBeCloseTo(raw.r2, 10);
    expect(expiresAt - to).toBe(365 * DAY_MS);
    expect(warnings).toEqual(["residual_follows_humidity"]);
    expect(fit.value.rawVerdict?.met).toBe(false);
    expect(fit.value.correctedVerdict?.met).toBe(true);
  });

  test("takes humidity into account when asked to, and then it is gone from what is left", () => {
    const fit = fitColocation(dusty(40 * 24), { quantity: "pm25", method: "multilinear" });
    if (!fit.ok) throw new TypeError(fit.error.detail);
    const { correction, residualHumidity, expectedRmse, warnings } = fit.value;
    expect(correction).toMatchObject({ method: "multilinear", perTemperature: 0 });
    expect(correction.slope).toBeCloseTo(0.6, 2);
    expect(correction.method === "multilinear" && correction.perHumidity).toBeCloseTo(-0.1, 2);
    expect(Math.abs(residualHumidity?.correlation ?? 1)).toBeLessThan(0.01);
    expect(expectedRmse).toBeLessThan(0.3);
    expect(warnings).toEqual([]);
  });

  test("says what makes a comparison weak", () => {
    const short = fitColocation(dusty(5 * 24), { quantity: "pm25", method: "linear" });
    expect(short).toMatchObject({ value: { warnings: expect.arrayContaining(["shorter_than_14_days"]) } });
    const month = fitColocation(dusty(20 * 24, { humidity: false }), { quantity: "pm25", method: "linear" });
    expect(month).toMatchObject({ value: { residualHumidity: null, warnings: ["shorter_than_30_days"] } });
    const blind = dusty(40 * 24).map((pair, i) => ({ ...pair, sensor: 10 + ((i * 7919) % 13) }));
    expect(fitColocation(blind, { quantity: "pm25", method: "linear" })).toMatchObject({
      value: { warnings: expect.arrayContaining(["targets_missed"]) },
    });
    const flat = dusty(40 * 24).map((pair) => ({ ...pair, reference: 50 + (pair.reference - 12) / 10 }));
    expect(fitColocation(flat, { quantity: "co2", method: "linear" })).toMatchObject({
      value: { warnings: expect.arrayContaining(["narrow_range"]), rawVerdict: null },
    });
  });

  test("refuses too little, and what does not vary", () => {
    expect(fitColocation(dusty(23), { quantity: "pm25", method: "linear" })).toMatchObject({
      error: { code: "CALIBRATION_TOO_SHORT" },
    });
    const still = dusty(100).map((pair) => ({ ...pair, sensor: 5 }));
    expect(fitColocation(still, { quantity: "pm25", method: "linear" })).toMatchObject({
      error: { code: "CALIBRATION_NO_VARIATION" },
    });
    expect(fitColocation(dusty(100, { humidity: false }), { quantity: "pm25", method: "multilinear" })).toMatchObject({
      error: { code: "CALIBRATION_NO_VARIATION" },
    });
  });

  test("does not mind in which order pairs come, nor pairs that are no numbers", () => {
    const pairs = dusty(500);
    const shuffled = [...pairs].reverse().concat({ at: START, sensor: Number.NaN, reference: 1 });
    const options = { quantity: "pm25", method: "linear" } as const;
    expect(fitColocation(shuffled, options)).toEqual(fitColocation(pairs, options));
  });
});

describe("performance targets of the EPA", () => {
  const agreement = { n: 100, slope: 1, intercept: 0, r2: 0.9, rmse: 5, nrmse: 40, bias: 0 };

  test.each([
    [{}, true],
    [{ slope: 1.36 }, false],
    [{ slope: 0.64 }, false],
    [{ intercept: -5.1 }, false],
    [{ r2: 0.69 }, false],
    [{ rmse: 7.1 }, false],
    [{ rmse: 7.1, nrmse: 30 }, true],
  ])("for PM2.5 with %o are met: %s", (change, met) => {
    expect(judgeAgreement("pm25", { ...agreement, ...change })?.met).toBe(met);
  });

  test("do not exist for everything", () => {
    expect(judgeAgreement("temperature", agreement)).toBeNull();
  });

  test("are measured with the sensor over the reference", () => {
    const reference = [1, 2, 3, 4, 5];
    expect(
      measureAgreement(
        reference.map((value) => 2 * value + 1),
        reference,
      ),
    ).toMatchObject({ slope: 2, intercept: 1, r2: 1, bias: 4 });
  });
});

describe("EPA correction of PM2.5", () => {
  // Worked out by hand from the published formulas.
  test.each([
    [10, 50, 6.68, 6.68],
    [40, 60, 26.778, 21.538],
    [100, 50, 80.04, 53.84],
    [235, 50, 200.0425, 124.58],
    [300, 80, 289.526, 156.054],
  ])("of %d µg/m³ at %d % humidity is %d piecewise and %d linear", (pm25, humidity, piecewise, linear) => {
    expect(correctFireAndSmoke2023(pm25, humidity)).toBeCloseTo(piecewise, 3);
    expect(correctBarkjohn2021(pm25, humidity)).toBeCloseTo(linear, 3);
  });

  test.each([30, 50, 210, 260])("is continuous at %d µg/m³", (joint) => {
    expect(correctFireAndSmoke2023(joint - 1e-9, 55)).toBeCloseTo(correctFireAndSmoke2023(joint, 55), 5);
  });

  test("never goes below zero, and needs a humidity that can be", () => {
    const correction = { method: "epa-pm25-piecewise", version: 2023 } as const;
    expect(applyCorrection(correction, { value: 0, humidity: 95 })).toBe(0);
    expect(applyCorrection(correction, { value: 10 })).toBeNull();
    expect(applyCorrection(correction, { value: 10, humidity: 104 })).toBeNull();
    expect(correctionName(correction)).toBe("corrected:epa-pm25-piecewise@2023");
  });

  test("is for Plantower sensors, in the form that fits what they report", () => {
    const candidate = { quantity: "pm25", driverId: "pms", channelKey: "", humidity: "good" } as const;
    expect(epaEligibility(candidate)).toEqual({ kind: "eligible", method: "epa-pm25-piecewise" });
    expect(epaEligibility({ ...candidate, channelKey: "cf1" })).toEqual({
      kind: "eligible",
      method: "epa-pm25-linear",
    });
  });

  test("is only given with a label for other sensors, and not at all with a stuck humidity or none", () => {
    const candidate = { quantity: "pm25", driverId: "sds011", channelKey: "", humidity: "good" } as const;
    expect(epaEligibility(candidate).kind).toBe("unvalidated");
    expect(epaEligibility({ ...candidate, driverId: "pms", humidity: "stuck" }).kind).toBe("refused");
    expect(epaEligibility({ ...candidate, humidity: "missing" }).kind).toBe("refused");
    expect(epaEligibility({ ...candidate, quantity: "pm10" }).kind).toBe("refused");
  });
});

describe("CO₂ baseline", () => {
  /** A room that is aired down to `fresh` ppm on some days. */
  const room = (days: number, fresh: number, isAired: (day: number) => boolean) =>
    Array.from({ length: days * 48 }, (_, i) => {
      const day = Math.floor(i / 48);
      const floor = isAired(day) ? fresh : fresh + 300;
      return { at: START + i * (HOUR_MS / 2), ppm: floor + 600 * Math.abs(Math.sin(((i % 48) / 48) * Math.PI)) };
    });

  test("is found from the days on which the room was aired", () => {
    expect(findCo2Baseline(room(14, 475, (day) => day % 3 === 0))).toMatchObject({
      ok: true,
      value: { correction: { method: "co2-baseline", offsetPpm: -50 }, freshDays: 5, days: 14 },
    });
  });

  test("is not made up for a room that is never aired, for a week too short, or for a broken sensor", () => {
    expect(findCo2Baseline(room(14, 475, (day) => day === 3))).toMatchObject({
      error: { code: "CALIBRATION_NO_BASELINE" },
    });
    expect(findCo2Baseline(room(5, 475, () => true))).toMatchObject({ error: { code: "CALIBRATION_TOO_SHORT" } });
    expect(findCo2Baseline(room(14, 1500, () => true))).toMatchObject({ error: { code: "CALIBRATION_NO_BASELINE" } });
  });
});
