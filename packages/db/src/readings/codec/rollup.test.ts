import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { DAY_MS } from "@ecolocal/core/shared";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ColumnsBuilder } from "../columns.ts";
import { decodeRollup, encodeRollup, rollUp } from "./rollup.ts";
import { scaleColumns } from "./scaling.ts";

const DAY = 20_090;

it("a packed rollup gives back every hour and day exactly, for whole numbers, doubles, weights and unusable readings", () => {
  const row = fc.record({
    second: fc.integer({ min: 0, max: 7 * 86_400 - 1 }),
    value: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -1000, max: 1000 }).map((v) => v / 100) },
      { weight: 1, arbitrary: fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((v) => v + 0) },
    ),
    bad: fc.boolean(),
    n: fc.integer({ min: 1, max: 50 }),
  });
  const rows = fc.uniqueArray(row, { selector: (r) => r.second, minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(rows, fc.boolean(), fc.boolean(), (parts, weighted, round) => {
      const builder = new ColumnsBuilder();
      for (const { second, value, bad, n } of parts.toSorted((a, b) => a.second - b.second)) {
        const kept = round ? Math.round(value * 10) / 10 + 0 : value;
        const quality = bad ? QUALITY_BITS.excluded : 0;
        if (weighted) {
          builder.addSpread(DAY * DAY_MS + second * 1000, kept, quality, n, kept - 1, kept + 2);
        } else {
          builder.add(DAY * DAY_MS + second * 1000, kept, quality);
        }
      }
      const columns = builder.finish();
      const scaled = scaleColumns(columns);
      const rollup = rollUp(columns, scaled, DAY, 7);
      const data = encodeRollup(rollup, scaled?.decimals ?? 0);
      expect(decodeRollup(data, "days")).toEqual({ unit: rollup.unit, entries: rollup.day });
      expect(decodeRollup(data, "hours")).toEqual({ unit: rollup.unit, entries: rollup.hour });
    }),
    { numRuns: 80 },
  );
});

it("a day of ordinary dust readings rolls up into about six bytes an hour", () => {
  const builder = new ColumnsBuilder();
  for (let i = 0; i < 8640; i++) {
    builder.add(DAY * DAY_MS + i * 10_000, Math.round(80 + 30 * Math.sin(i / 900) + ((i * 7919) % 11)) / 10, 0);
  }
  const columns = builder.finish();
  const scaled = scaleColumns(columns);
  expect(encodeRollup(rollUp(columns, scaled, DAY, 1), 1).length).toBeLessThan(24 * 7);
});
