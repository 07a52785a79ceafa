import { DAY_MS } from "@ecolocal/core/shared";

/** Blocks of one series lie side by side: id = series × 2^20 + UTC day. */
const DAYS_PER_SERIES = 2 ** 20;
/** The last day that a block can be filed under; the year 4840. */
export const LAST_DAY: number = DAYS_PER_SERIES - 1;
/** Old blocks hold this many days, aligned to multiples of it since 1970-01-01. */
export const LONG_BLOCK_DAYS = 7;

export function blockId(series: number, day: number): number {
  return series * DAYS_PER_SERIES + day;
}

export function seriesOfBlock(id: number): number {
  return Math.floor(id / DAYS_PER_SERIES);
}

export function dayOfBlock(id: number): number {
  return id % DAYS_PER_SERIES;
}

/** UTC days since 1970-01-01; times outside what a block can be filed under come out as the nearest day that can. */
export function dayOf(at: number): number {
  return Math.min(LAST_DAY, Math.max(0, Math.floor(at / DAY_MS)));
}

/** First day of the long block that holds a day. */
export function longBlockStart(day: number): number {
  return day - (day % LONG_BLOCK_DAYS);
}

/** Headers are looked up in pages of this many days: 64 long blocks, a year and a bit. */
const PAGE_DAYS: number = LONG_BLOCK_DAYS * 64;

/** The page of headers that a day lies in; no block straddles two pages. */
export function pageOf(day: number): { readonly startDay: number; readonly endDay: number } {
  const startDay = day - (day % PAGE_DAYS);
  return { startDay, endDay: startDay + PAGE_DAYS };
}
