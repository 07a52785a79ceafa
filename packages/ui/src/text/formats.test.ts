import { QUANTITIES, type Quantity, STORED_UNITS, unitsOfRegion } from "@ecolocal/core/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFormats, durationParts, PLAIN_HABITS } from "./formats.ts";

const english = createFormats("en-GB", "Europe/Berlin");
const german = createFormats("de-DE", "Europe/Berlin");
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, " ");

describe("numbers and dates as people read them", () => {
  it("shows a value with always the same decimals, so that it does not jump", () => {
    expect(english.value(18, "pm25")).toBe("18.0");
    expect(english.value(742.4, "co2")).toBe("742");
    expect(german.value(1234.56, "power")).toBe("1.234,6");
  });

  it("puts the unit behind the number, and nothing where there is no unit", () => {
    expect(plain(english.valueWithUnit(18.44, "pm25"))).toBe("18.4 µg/m³");
    expect(english.valueWithUnit(97, "voc_index")).toBe("97");
  });

  it("never shows a negative zero, and writes a true minus sign", () => {
    expect(english.value(-0, "temperature")).toBe("0.0");
    expect(english.value(-4.25, "temperature").startsWith("−")).toBe(true);
  });

  it("says one figure where both ends of a range are equal", () => {
    expect(english.moneyRange(0, 0, "EUR")).toBe("€0");
    expect(plain(english.moneyRange(0, 20, "EUR"))).toBe("€0 – €20");
  });

  it("claims no more digits in a range than it can know", () => {
    expect(english.range(53.94, 122.6)).toBe("54–123");
    expect(english.range(0.0312, 0.0877)).toBe("0.031–0.088");
    expect(english.range(-415.2, -72.8)).toBe("−415 … −73");
  });

  it("shows days in the workspace's zone and calendar days without any", () => {
    const justAfterMidnightInBerlin = Date.parse("2026-11-24T23:30:00Z");
    expect(english.day(justAfterMidnightInBerlin)).toContain("25 Nov");
    expect(english.calendarDay("2026-11-24", justAfterMidnightInBerlin)).toBe("24 Nov");
    expect(english.calendarDay("2027-01-07", justAfterMidnightInBerlin)).toBe("7 Jan 2027");
  });

  it("falls back to UTC for a zone that the browser does not know", () => {
    expect(createFormats("en", "Mars/Olympus").timeZone).toBe("UTC");
  });

  it("says a duration in the largest unit that fits", () => {
    expect(plain(english.duration(4_900))).toBe("4 s");
    expect(plain(english.duration(12 * 60_000))).toBe("12 min");
    expect(plain(english.duration(3 * 3_600_000))).toBe("3 h");
    expect(english.duration(72 * 3_600_000)).toBe("3 days");
    expect(plain(english.duration(-5))).toBe("0 s");
  });

  it("never says zero of a unit for a duration of at least a second", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1e12 }), (ms) => {
        expect(durationParts(ms).count).toBeGreaterThan(0);
      }),
    );
  });

  it("writes every quantity without throwing, whatever its value", () => {
    const quantity = fc.constantFrom(...(Object.keys(QUANTITIES) as Quantity[]));
    fc.assert(
      fc.property(quantity, fc.double({ noNaN: true, noDefaultInfinity: true }), (name, value) => {
        expect(german.valueWithUnit(value, name)).not.toBe("");
      }),
    );
  });
});

describe("a reader's habits", () => {
  const american = createFormats("en-US", "UTC", { ...PLAIN_HABITS, units: unitsOfRegion("US"), firstWeekday: 7 });

  it("decide the unit of a value, and of how far two are apart", () => {
    expect(plain(american.valueWithUnit(20, "temperature"))).toBe("68.0 °F");
    expect(plain(american.difference(5, "temperature"))).toBe("9.0 °F");
    expect(american.symbol("wind_speed")).toBe("mph");
  });

  it("never reach what is stored: a typed number goes back into the stored unit", () => {
    expect(american.toStored(68, "temperature")).toBe(20);
    expect(american.toShown(20, "temperature")).toBe(68);
  });

  it("put round numbers of the shown unit on an axis", () => {
    const { ticks, label } = american.axis("temperature");
    expect(ticks(17, 25, 2).map(label)).toEqual(["65", "70", "75"]);
    const celsius = english.axis("temperature");
    expect(celsius.ticks(17, 25, 2).map(celsius.label)).toEqual(["18", "20", "22", "24"]);
  });

  it("decide clock and week", () => {
    const at = Date.parse("2026-11-24T15:30:00Z");
    expect(plain(createFormats("en-GB", "UTC", { ...PLAIN_HABITS, clock: "12" }).time(at))).toBe("3:30 pm");
    expect(plain(createFormats("en-US", "UTC", { ...PLAIN_HABITS, clock: "24" }).time(at))).toBe("15:30");
    expect(american.weekOrder).toEqual([7, 1, 2, 3, 4, 5, 6]);
    expect(english.weekdayName(1)).toBe("Monday");
  });

  it("find the longest round distance of a scale, in the reader's unit", () => {
    expect([7, 850, 1234].map(english.roundDistance)).toEqual([5, 500, 1000]);
    expect(american.roundDistance(100)).toBeCloseTo(200 * 0.3048, 9);
    expect(american.roundDistance(4000)).toBeCloseTo(2 * 1609.344, 9);
  });

  it("name months, and January by its year", () => {
    const at = (month: number) => Date.UTC(2026, month, 15);
    expect([at(0), at(1)].map(english.month)).toEqual(["2026", "Feb"]);
  });

  it("say a distance in the unit that suits its size", () => {
    expect([80, 850, 1234].map((metres) => plain(english.distance(metres)))).toEqual(["80 m", "850 m", "1.2 km"]);
    expect([80, 850].map((metres) => plain(american.distance(metres)))).toEqual(["262 ft", "0.5 mi"]);
  });

  it("show euro in another currency by what one euro is worth, and nothing else", () => {
    const pounds = createFormats("en-GB", "UTC", {
      ...PLAIN_HABITS,
      units: STORED_UNITS,
      money: { currency: "GBP", perEuro: 0.8 },
    });
    expect(pounds.moneyRange(100, 100, "EUR")).toBe("£80");
    expect(pounds.moneyRange(100, 100, "USD")).toBe("US$100");
  });
});
