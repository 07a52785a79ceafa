import { unitsOfRegion } from "@ecolocal/core/shared";
import { createFormatter, loadCatalogue } from "@ecolocal/messages";
import { expect, it } from "vitest";
import { amountWords, catalogueUnit, unitWords } from "./catalogue-unit.ts";
import { createFormats, PLAIN_HABITS } from "./formats.ts";

const formatter = createFormatter("de-DE", await loadCatalogue("de", ["domain"]));
const metric = { formatter, formats: createFormats("de-DE", "UTC") };
const american = { formatter, formats: createFormats("en-US", "UTC", { ...PLAIN_HABITS, units: unitsOfRegion("US") }) };
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

it("writes unit codes of the catalogue as people do, in their language", () => {
  expect(["kgCO2e/yr", "ug/m3", "rooms"].map((code) => unitWords(code, metric))).toEqual([
    "kg CO₂e im Jahr",
    "µg/m³",
    "rooms",
  ]);
});

it("follows the reader's choice where a unit of the catalogue measures what sensors measure", () => {
  expect(plain(amountWords(26, "degC", metric))).toBe("26 °C");
  expect(plain(amountWords(26, "degC", american))).toBe("78.8 °F");
  expect(plain(amountWords(5, "km", american))).toBe("3.1 mi");
});

it("takes kelvins for differences", () => {
  expect(plain(amountWords(5, "K", american))).toBe("9 °F");
  expect(plain(amountWords(5, "K", metric))).toBe("5 K");
  expect(catalogueUnit("K", american).toStored(9)).toBeCloseTo(5, 9);
});
