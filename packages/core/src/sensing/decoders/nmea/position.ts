import type { Instant } from "../../../shared/index.ts";
import type { DecodedReading } from "../../decoder.ts";
import { createReading } from "../../plausibility.ts";

/** Dates outside are a receiver's mistake: week rollovers give 1999, 2006 or 2099. */
const EARLIEST: Instant = Date.UTC(2026, 0, 1);
const LATEST: Instant = Date.UTC(2046, 0, 1);
/** Seven decimals of a degree are a centimetre. */
const DECIMALS = 1e7;
const ZERO = 0x30;
const NINE = 0x39;

/** Reads `ddmm.mmmm` and its hemisphere into degrees, north and east positive; `null` when it is no position. */
export function readDegrees(text: string, hemisphere: string): number | null {
  const isSouthOrWest = hemisphere === "S" || hemisphere === "W";
  if (!(isSouthOrWest || hemisphere === "N" || hemisphere === "E") || !isPrintedNumber(text, 3, 5)) return null;
  const point = text.indexOf(".");
  // Minutes have two digits before the point, degrees the one to three before them.
  const minutesAt = (point === -1 ? text.length : point) - 2;
  const value = Number(text.slice(0, minutesAt)) + Number(text.slice(minutesAt)) / 60;
  const signed = isSouthOrWest ? -value : value;
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
export function readInstant(clock: string, date: string): Instant | "suspect" | null {
  // A date is `ddmmyy`; receivers print the year with one to four digits.
  if (!isPrintedNumber(clock, 6, 6) || date.length < 5 || date.length > 8 || !areDigits(date, 0, date.length))
    return null;
  const year = date.length === 8 ? Number(date.slice(4)) : 2000 + Number(date.slice(4));
  const at = Date.UTC(year, pairAt(date, 2) - 1, pairAt(date, 0), pairAt(clock, 0), pairAt(clock, 2), pairAt(clock, 4));
  const exact = clock.length === 6 ? at : at + Math.round(Number(clock.slice(6)) * 1000);
  return exact >= EARLIEST && exact < LATEST ? exact : "suspect";
}

/** Tells whether a text is `least` to `most` digits, with a fraction or without; a pattern takes five times as long. */
function isPrintedNumber(text: string, least: number, most: number): boolean {
  const point = text.indexOf(".");
  const whole = point === -1 ? text.length : point;
  if (whole < least || whole > most || !areDigits(text, 0, whole)) return false;
  return point === -1 || (point + 1 < text.length && areDigits(text, point + 1, text.length));
}

function areDigits(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < ZERO || code > NINE) return false;
  }
  return true;
}

/** The number of two digits at a place. */
function pairAt(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - ZERO * 11;
}
