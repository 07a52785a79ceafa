import { readFileSync } from "node:fs";
import { join } from "node:path";
import { normaliseUnit } from "@ecolocal/core/sensing";
import { applyCorrection, correctBarkjohn2021, correctFireAndSmoke2023 } from "@ecolocal/core/sensing/calibration";
import { expect, test } from "vitest";
import { CAPTURES, describeCaptures } from "./capture-folder.ts";

interface EpaVector {
  readonly pm25_cf_atm: number;
  readonly rh: number;
  readonly epa2023_raw: number;
  readonly epa2023_clamped: number;
  readonly barkjohn2021_linear: number;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(CAPTURES, file), "utf8"));

describeCaptures("figures that other people worked out", () => {
  test("of the EPA correction come out the same in both forms", () => {
    const { vectors } = read("corrections/epa_pm25_vectors.json") as { readonly vectors: readonly EpaVector[] };
    for (const { pm25_cf_atm, rh, epa2023_raw, epa2023_clamped, barkjohn2021_linear } of vectors) {
      expect(correctFireAndSmoke2023(pm25_cf_atm, rh)).toBeCloseTo(epa2023_raw, 3);
      expect(correctBarkjohn2021(pm25_cf_atm, rh)).toBeCloseTo(barkjohn2021_linear, 3);
      const piecewise = { method: "epa-pm25-piecewise", version: 2023 } as const;
      expect(applyCorrection(piecewise, { value: pm25_cf_atm, humidity: rh })).toBeCloseTo(epa2023_clamped, 3);
    }
    expect(vectors.length).toBeGreaterThan(30);
  });

  test("of units: every one that a person could tell is read, and no other", () => {
    const units = read("units/opensensemap_unit_strings.json") as readonly { unit: string; canonical: string | null }[];
    const wrong = units.filter(({ unit, canonical }) => normaliseUnit(unit) !== canonical);
    expect(wrong).toEqual([]);
    expect(units.length).toBeGreaterThan(300);
  });
});
