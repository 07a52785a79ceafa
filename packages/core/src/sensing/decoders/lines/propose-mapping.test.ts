import { describe, expect, test } from "vitest";
import { proposeMapping } from "./propose-mapping.ts";

describe("mapping proposal", () => {
  test("proposes quantities for well-known names and names the rest", () => {
    expect(proposeMapping(['{"temp":21.5,"rh":45.2,"gizmo":7}'])).toEqual({
      mapping: [
        { key: "temp", quantity: "temperature", unit: "Cel" },
        { key: "rh", quantity: "humidity", unit: "%" },
      ],
      unknownKeys: ["gizmo"],
      linesUnderstood: 1,
      linesTotal: 1,
    });
  });

  test("knows that AirGradient's pm02 is PM2.5", () => {
    expect(proposeMapping(['{"pm01":3,"pm02":7,"pm10":8,"rco2":447}']).mapping).toEqual([
      { key: "pm01", quantity: "pm1", unit: "ug/m3" },
      { key: "pm02", quantity: "pm25", unit: "ug/m3" },
      { key: "pm10", quantity: "pm10", unit: "ug/m3" },
      { key: "rco2", quantity: "co2", unit: "[ppm]" },
    ]);
  });

  test("takes units from names, from beside the number and from its size", () => {
    const { mapping } = proposeMapping(["temp_f,Humidity (%),pressure", "68.2,45,101325"]);
    expect(mapping.map(({ unit }) => unit)).toEqual(["[degF]", "%", "Pa"]);
    expect(proposeMapping(["Temperature: 68 *F"]).mapping).toMatchObject([{ unit: "*F" }]);
  });

  test("knows a particle size by its point, which parts paths elsewhere", () => {
    const sizes = proposeMapping(['{"PM1.0":1,"pm2_5":2,"PM 4.0":3,"air":{"PM10.0":4},"pm1_0 (µg/m³)":5}']).mapping;
    expect(sizes.map(({ key, quantity }) => [key, quantity])).toEqual([
      ["PM1.0", "pm1"],
      ["pm2_5", "pm25"],
      ["PM 4.0", "pm4"],
      ["air.PM10.0", "pm10"],
      ["pm1_0 (µg/m³)", "pm1"],
    ]);
  });

  test("tells two sensors of one quantity apart", () => {
    expect(proposeMapping(['{"in":{"temp":21},"out":{"temp":4}}']).mapping).toMatchObject([
      { key: "in.temp", channel: "in.temp" },
      { key: "out.temp", channel: "out.temp" },
    ]);
  });

  test("reports the header it found, and proposes nothing for unnamed columns", () => {
    expect(proposeMapping(["temp,rh", "21.5,45.2"]).header).toBe("temp,rh");
    expect(proposeMapping(["21.5,45.2"])).toMatchObject({ mapping: [], unknownKeys: ["1", "2"] });
  });
});
