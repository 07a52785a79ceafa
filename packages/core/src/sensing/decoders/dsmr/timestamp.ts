import { HOUR_MS, type Instant } from "../../../shared/index.ts";

const TIMESTAMP = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([SW])$/;

/**
 * Reads a meter's timestamp `YYMMDDhhmmssX`: S is summer time (UTC+2), W winter time (UTC+1), so that the repeated
 * hour in autumn is told apart. `null` for anything else, the local times without S or W of DSMR 2.2 and 3 included.
 *
 * Source: Netbeheer Nederland, P1 Companion Standard 5.0.2, §6.4 (TST).
 */
export function readTimestamp(text: string): Instant | null {
  const [, ...parts] = TIMESTAMP.exec(text) ?? [];
  if (parts.length === 0) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map(Number);
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const local = Date.UTC(2000 + year, month - 1, day, hour, minute, second);
  if (new Date(local).getUTCDate() !== day) return null;
  return local - (parts[6] === "S" ? 2 : 1) * HOUR_MS;
}
