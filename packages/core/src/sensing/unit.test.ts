import { describe, expect, test } from "vitest";
import { convertToCanonical } from "./unit.ts";

describe("unit conversion", () => {
  test.each([
    [21.5, "°C", "temperature", 21.5],
    [21.5, "C", "temperature", 21.5],
    [21.5, "*C", "temperature", 21.5],
    [21.5, "ºC", "temperature", 21.5],
    [68, "°F", "temperature", 20],
    [293.15, "K", "temperature", 20],
    [12.3, "\u00b5g/m³", "pm25", 12.3],
    [12.3, "\u03bcg/m^3", "pm25", 12.3],
    [0.0123, "mg/m3", "pm25", 12.3],
    [101_325, "Pa", "pressure", 1013.25],
    [1013.25, "hPa", "pressure", 1013.25],
    [1013.25, "mBar", "pressure", 1013.25],
    [29.92, "inHg", "pressure", 1013.207_588_8],
    [45, "%", "humidity", 45],
    [45, "%RH", "humidity", 45],
    [36, "km/h", "wind_speed", 10],
    [2.027, "kW", "power", 2027],
    [6_545_766, "Wh", "energy_import", 6545.766],
    [1, "GJ", "heat_energy", 277.777_777_778],
    [420, "ppm", "co2", 420],
    [100, "l", "water_volume", 0.1],
  ] as const)("reads %d %s of %s", (value, unit, quantity, expected) => {
    expect(convertToCanonical(value, unit, quantity)).toEqual({ ok: true, value: expected });
  });

  test("refuses a unit nobody knows", () => {
    expect(convertToCanonical(1, "furlong", "pressure")).toMatchObject({ error: { code: "SENSING_UNIT_UNKNOWN" } });
    expect(convertToCanonical(1, "constructor", "pressure")).toMatchObject({ error: { code: "SENSING_UNIT_UNKNOWN" } });
  });

  test("refuses a known unit of another quantity", () => {
    expect(convertToCanonical(1, "°C", "pressure")).toMatchObject({ error: { code: "SENSING_UNIT_MISMATCH" } });
  });

  test("leaves numbers without a known meaning in the device's own unit", () => {
    expect(convertToCanonical(7, "blips", "unknown")).toEqual({ ok: true, value: 7 });
  });
});
