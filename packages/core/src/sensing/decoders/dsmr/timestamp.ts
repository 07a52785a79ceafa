import { HOUR_MS, type Instant } from "../../../shared/index.ts";

const TIMESTAMP = /^\d{12}[SW]$/;
const ZERO = 0x30;

/**
 * Reads a meter's timestamp `YYMMDDhhmmssX`: S is summer time (UTC+2), W winter time (UTC+1), so that the repeated
 * hour in autumn is told apart. `null` for anything else, the local times without S or W of DSMR 2.2 and 3 included.
 *
 * Source: Netbeheer Nederland, P1 Companion Standard 5.0.2, §6.4 (TST).
 */
export function readTimestamp(text: string): Instant | null {
  if (!TIMESTAMP.test(text)) return null;
  const pair = (at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - ZERO * 11;
  const [year, month, day] = [pair(0), pair(2), pair(4)];
  const [hour, minute, second] = [pair(6), pair(8), pair(10)];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const local = Date.UTC(2000 + year, month - 1, day, hour, minute, second);
  if (new Date(local).getUTCDate() !== day) return null;
  return local - (text.endsWith("S") ? 2 : 1) * HOUR_MS;
}
