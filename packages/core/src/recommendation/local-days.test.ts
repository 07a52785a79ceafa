import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, dayToIso, HOUR_MS } from "../shared/index.ts";
import { createLocalTime, monthOf, weekdayOf } from "./local-days.ts";

test("days are cut at local midnight, on days of 23 and 25 hours too", () => {
  const berlin = createLocalTime("Europe/Berlin");
  const spring = berlin.dayOf(Date.UTC(2026, 2, 29, 12));
  expect((berlin.startOf(spring + 1) - berlin.startOf(spring)) / HOUR_MS).toBe(23);
  const autumn = berlin.dayOf(Date.UTC(2026, 9, 25, 12));
  expect((berlin.startOf(autumn + 1) - berlin.startOf(autumn)) / HOUR_MS).toBe(25);
  expect(berlin.hourOf(Date.UTC(2026, 6, 1, 22, 30))).toBe(0);
});

test("half-hour zones and days before 1970 work", () => {
  const kolkata = createLocalTime("Asia/Kolkata");
  expect(kolkata.hourOf(Date.UTC(2026, 0, 1, 18, 29))).toBe(23);
  expect(dayToIso(kolkata.dayOf(Date.UTC(1969, 11, 30, 20)))).toBe("1969-12-31");
});

test("weekdays and months follow the calendar", () => {
  const day = Date.UTC(2026, 10, 25) / DAY_MS;
  expect(weekdayOf(day)).toBe(3);
  expect(weekdayOf(-1)).toBe(3);
  expect(monthOf(day)).toBe(11);
});

test("every instant lies in the day it is counted to, in every zone", () => {
  const zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"];
  const clocks = zones.map((zone) => createLocalTime(zone));
  const instant = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...clocks), instant, (clock, at) => {
      const day = clock.dayOf(at);
      expect(clock.startOf(day)).toBeLessThanOrEqual(at);
      expect(clock.startOf(day + 1)).toBeGreaterThan(at);
    }),
  );
});
