import type { Instant } from "@ecolocal/core/shared";
import { localToInstant } from "../calendar/index.ts";

const ISO =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const GERMAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
/** Smaller numbers are no times of this century, neither in seconds nor in milliseconds. */
const MIN_EPOCH_S = 100_000_000;
const MIN_EPOCH_MS = 100_000_000_000;

/**
 * Reads a point in time: ISO 8601 with or without offset, `YYYY/MM/DD hh:mm:ss`, `DD.MM.YYYY hh:mm`, or seconds or
 * milliseconds since 1970. Times without offset are local to `timeZone`. Undefined for anything else: day and month
 * are never guessed.
 */
export function readTime(text: string, timeZone: string): Instant | undefined {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso) return readIso(iso, timeZone);
  const german = GERMAN.exec(trimmed);
  if (german) {
    const [, day, month, year, hour, minute, second] = german;
    return toInstant([year, month, day, hour, minute, second], "0", undefined, timeZone);
  }
  return readEpoch(trimmed);
}

function readIso(match: RegExpExecArray, timeZone: string): Instant | undefined {
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  return toInstant([year, month, day, hour, minute, second], fraction ?? "0", offset, timeZone);
}

function toInstant(
  parts: readonly (string | undefined)[],
  fraction: string,
  offset: string | undefined,
  timeZone: string,
): Instant | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, Number(`0.${fraction}`) * 1000);
  const back = new Date(wall);
  const exists =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!exists) return undefined;
  if (offset === undefined) return localToInstant(timeZone, wall);
  return wall - offsetMinutes(offset) * 60_000;
}

function offsetMinutes(offset: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}

function readEpoch(text: string): Instant | undefined {
  if (!/^\d{9,16}(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (number >= MIN_EPOCH_MS) return number;
  return number >= MIN_EPOCH_S ? Math.round(number * 1000) : undefined;
}
