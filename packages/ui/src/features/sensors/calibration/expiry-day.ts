import { instantToIso } from "@ecolocal/core/shared";
import type { Formats } from "../../../text/index.ts";

/** The day by which a correction is to be made again, a year ahead mostly: with its year. */
export function expiryDay(expiresAt: number, formats: Formats): string {
  return formats.calendarDay(instantToIso(expiresAt).slice(0, 10), Date.now());
}
