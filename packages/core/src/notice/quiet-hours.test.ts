import { expect, it } from "vitest";
import { isQuiet } from "./quiet-hours.ts";

const night = { from: "22:00", to: "07:00" };
const quiet = (iso: string, zone = "Europe/Berlin") => isQuiet(night, zone, Date.parse(iso));

it("runs across midnight, begins with its first minute and ends before its last", () => {
  expect(quiet("2026-01-15T20:59:00Z")).toBe(false);
  expect(quiet("2026-01-15T21:00:00Z")).toBe(true);
  expect(quiet("2026-01-16T00:00:00Z")).toBe(true);
  expect(quiet("2026-01-16T05:59:59Z")).toBe(true);
  expect(quiet("2026-01-16T06:00:00Z")).toBe(false);
});

it("ends at seven by the clock on the wall in the nights in which the clocks change", () => {
  // 29 March 2026, 02:00 becomes 03:00; 25 October 2026, 03:00 becomes 02:00.
  expect(quiet("2026-03-29T04:59:00Z")).toBe(true);
  expect(quiet("2026-03-29T05:00:00Z")).toBe(false);
  expect(quiet("2026-10-25T05:59:00Z")).toBe(true);
  expect(quiet("2026-10-25T06:00:00Z")).toBe(false);
});

it("can lie within one day, and never means none", () => {
  const lunch = { from: "12:00", to: "14:00" };
  expect(isQuiet(lunch, "UTC", Date.parse("2026-01-15T13:00:00Z"))).toBe(true);
  expect(isQuiet(lunch, "UTC", Date.parse("2026-01-15T14:00:00Z"))).toBe(false);
  expect(isQuiet(null, "UTC", Date.parse("2026-01-15T13:00:00Z"))).toBe(false);
});
