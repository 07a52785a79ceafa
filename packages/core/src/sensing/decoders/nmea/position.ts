import type { Instant } from "../../../shared/index.ts";
import type { DecodedReading } from "../../decoder.ts";
import { createReading } from "../../plausibility.ts";

/** Dates outside are a receiver's mistake: week rollovers give 1999, 2006 or 2099. */
const EARLIEST: Instant = Date.UTC(2026, 0, 1);
const LATEST: Instant = Date.UTC(2046, 0, 1);
/** Seven decimals of a degree are a centimetre. */
const DECIMALS = 1e7;
const DEGREES = /^(\d{1,3})(\d{2}(?:\.\d+)?)$/;
const CLOCK = /^(\d{2})(\d{2})(\d{2})(\.\d+)?$/;

/** Reads `ddmm.mmmm` and its hemisphere into degrees, north and east positive; `null` when it is no position. */
export function readDegrees(text: string, hemisphere: string): number | null {
  const [, degrees, minutes] = DEGREES.exec(text) ?? [];
  if (degrees === undefined || minutes === undefined || !/^[NSEW]$/.test(hemisphere)) return null;
  const value = Number(degrees) + Number(minutes) / 60;
  const signed = hemisphere === "S" || hemisphere === "W" ? -value : value;
  return Math.round(signed * DECIMALS) / DECIMALS;
}

/** Latitude and longitude as readings; nothing when one of them is missing. */
export function positionReadings(fields: readonly string[], first: number): DecodedReading[] {
  const latitude = readDegrees(fields[first] ?? "", fields[first + 1] ?? "");
  const longitude = readDegrees(fields[first + 2] ?? "", fields[first + 3] ?? "");
  if (latitude === null || longitude === null) return [];
  return [createReading("latitude", latitude), createReading("longitude", longitude)];
}

/** A receiver's time: an instant, `suspect` when it cannot be, `null` when it is none. */
export function readInstant(clock: string, day: string, month: string, year: string): Instant | "suspect" | null {
  const [, hours, minutes, seconds, fraction = ""] = CLOCK.exec(clock) ?? [];
  if (hours === undefined || ![day, month, year].every((part) => /^\d{1,4}$/.test(part))) return null;
  const fullYear = year.length === 4 ? Number(year) : 2000 + Number(year);
  const at = Date.UTC(fullYear, Number(month) - 1, Number(day), Number(hours), Number(minutes), Number(seconds));
  const exact = at + Math.round(Number(`0${fraction}`) * 1000);
  return exact >= EARLIEST && exact < LATEST ? exact : "suspect";
}
