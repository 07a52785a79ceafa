import { reviewQuality } from "@ecolocal/core/series";
import { DAY_MS, type Quantity } from "@ecolocal/core/shared";
import { expect, test } from "vitest";
import { DEMO_COURSES, DEMO_DAYS, type DemoCourse, inventHistory } from "./demo-history.ts";

const QUANTITY: Readonly<Record<DemoCourse, Quantity>> = {
  outdoorPm25UgM3: "pm25",
  outdoorPm10UgM3: "pm10",
  kitchenPm25UgM3: "pm25",
  kitchenPm10UgM3: "pm10",
  outdoorTemperatureC: "temperature",
  outdoorHumidityPct: "humidity",
  roomCo2Ppm: "co2",
  roomTemperatureC: "temperature",
  roomHumidityPct: "humidity",
  powerW: "power",
  energyLowKwh: "energy_import",
  energyNormalKwh: "energy_import",
};

test("the flags of the demo are those that its readings call for, the stuck humidity sensor among them", () => {
  const now = Date.UTC(2026, 10, 25);
  const history = inventHistory(now - DEMO_DAYS * DAY_MS, now, "Europe/Berlin");
  for (const course of DEMO_COURSES) {
    const { at, value, quality } = history[course];
    const unflagged = { at, value, quality: new Uint16Array(at.length) };
    const found = reviewQuality(unflagged, { quantity: QUANTITY[course], intervalMs: 60_000, now });
    expect(found, course).toEqual(quality);
  }
});
