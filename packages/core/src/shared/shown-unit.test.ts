import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QUANTITIES, type Quantity } from "./quantity.ts";
import {
  differenceToShown,
  STORED_UNITS,
  shownUnit,
  toShown,
  toStored,
  UNIT_CHOICES,
  type UnitChoices,
  unitsOfRegion,
} from "./shown-unit.ts";

const american = unitsOfRegion("US");
const everyChoice = fc.record(
  Object.fromEntries(Object.entries(UNIT_CHOICES).map(([measure, codes]) => [measure, fc.constantFrom(...codes)])),
) as unknown as fc.Arbitrary<UnitChoices>;

describe("units as people read them", () => {
  it.each([
    ["temperature", 20, 68, "°F"],
    ["dew_point", -40, -40, "°F"],
    ["wind_speed", 10, 22.369, "mph"],
    ["pressure", 1013.25, 29.921, "inHg"],
    ["rain", 25.4, 1, "in"],
    ["rain_rate", 25.4, 1, "in/h"],
    ["water_volume", 1, 264.172, "gal"],
    ["altitude", 100, 328.084, "ft"],
  ] as const)("shows %s %d as %d", (quantity, stored, shown, symbol) => {
    expect(toShown(stored, quantity, american)).toBeCloseTo(shown, 3);
    expect(shownUnit(quantity, american).symbol).toBe(symbol);
  });

  it("moves no zero point when it shows a difference", () => {
    expect(differenceToShown(5, "temperature", american)).toBeCloseTo(9, 9);
  });

  it("leaves what has only one unit, and gas, as stored", () => {
    expect(shownUnit("pm25", american)).toEqual({ code: "ug/m3", symbol: "µg/m³", decimals: 1 });
    expect(toShown(3.5, "gas_volume", american)).toBe(3.5);
  });

  it("stores what was typed: to the shown unit and back changes nothing", () => {
    const quantity = fc.constantFrom(...(Object.keys(QUANTITIES) as Quantity[]));
    fc.assert(
      fc.property(quantity, fc.integer({ min: -10_000, max: 10_000 }), everyChoice, (name, tenths, choices) => {
        const stored = tenths / 10;
        expect(toStored(toShown(stored, name, choices), name, choices)).toBeCloseTo(stored, 7);
      }),
    );
  });

  it("knows what regions are used to, and stays with the stored units elsewhere", () => {
    expect(unitsOfRegion("GB")).toMatchObject({ temperature: "Cel", distance: "[mi_i]", wind: "[mi_i]/h", rain: "mm" });
    expect(unitsOfRegion("DE")).toMatchObject({ temperature: "Cel", distance: "km", wind: "km/h" });
    expect(unitsOfRegion("SE").wind).toBe("m/s");
    expect(unitsOfRegion(undefined)).toEqual(STORED_UNITS);
  });
});
