import { describe, expect, test } from "vitest";
import { normaliseUnit } from "./normalise-unit.ts";

describe("units as people type them", () => {
  test.each([
    ["°C", "Cel"],
    ["ºC", "Cel"],
    [" Celsius ", "Cel"],
    ["hPa", "hPa"],
    ["mBar", "mbar"],
    ["\u00b5g/m³", "ug/m3"],
    ["\u03bcg/m^3", "ug/m3"],
    ["\u00b5W/cm²", "uW/cm2"],
    ["%", "%"],
    ["Lux", "lx"],
  ])("%s is %s", (text, code) => {
    expect(normaliseUnit(text)).toBe(code);
  });

  test.each(["dB", "mV", "unit", "m", "degrees", "%RH", "\ufffdC", "\u03bcW/cm2", "ug", "", "constructor", "hPa*100"])(
    "%s could be anything and stays as it is",
    (text) => {
      expect(normaliseUnit(text)).toBeNull();
    },
  );
});
