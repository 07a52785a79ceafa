import { expect, it } from "vitest";
import { habitsOf, regionOf } from "./habits.ts";
import { DEFAULT_PREFERENCES, parsePreferences } from "./preferences.ts";

it("takes the region from the first language that names one, else from the home of the first language", () => {
  expect(regionOf(["de", "en-GB"])).toBe("GB");
  expect(regionOf(["de"])).toBe("DE");
  expect(regionOf(["en"])).toBeUndefined();
  expect(regionOf([])).toBeUndefined();
});

it("begins with what is usual in the region, and lets every choice win over it", () => {
  expect(habitsOf(DEFAULT_PREFERENCES, ["en-US"])).toMatchObject({
    units: { temperature: "[degF]", wind: "[mi_i]/h" },
    firstWeekday: 7,
  });
  const chosen = habitsOf({ ...DEFAULT_PREFERENCES, temperature: "Cel", firstWeekday: "1" }, ["en-US"]);
  expect(chosen).toMatchObject({ units: { temperature: "Cel", wind: "[mi_i]/h" }, firstWeekday: 1 });
});

it("shows amounts in another currency only when somebody said what a euro is worth", () => {
  expect(habitsOf({ ...DEFAULT_PREFERENCES, currency: "GBP" }, []).money).toBeNull();
  expect(habitsOf({ ...DEFAULT_PREFERENCES, currency: "GBP", perEuro: 0.86 }, []).money).toEqual({
    currency: "GBP",
    perEuro: 0.86,
  });
});

it("keeps every choice that is known and forgets what is not", () => {
  const kept = { ...DEFAULT_PREFERENCES, wind: "[kn_i]", clock: "12", currency: "SEK", perEuro: 11.2 };
  expect(parsePreferences(JSON.stringify(kept))).toEqual(kept);
  expect(parsePreferences('{"wind":"furlong","clock":7,"currency":"euro","perEuro":-1}')).toEqual(DEFAULT_PREFERENCES);
});
