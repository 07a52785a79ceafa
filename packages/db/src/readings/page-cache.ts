import { pageOf } from "./block-id.ts";
import type { BlockHeader } from "./block-table.ts";
import type { Series } from "./series-registry.ts";

/** Pages of about 55 KB each: charts of some dozen sensor-years stay at hand in five megabytes. */
const MOST_PAGES = 96;
const PAGES_PER_SERIES = 4096;

/**
 * Remembers headers and rollups of the years looked at last. Handing a blob over from SQLite takes longer than
 * unpacking a rollup, and charts of one year are asked for again and again.
 */
export interface PageCache {
  get(series: Series, day: number): readonly BlockHeader[];
  forgetSeries(series: Series): void;
  forget(): void;
}

export function createPageCache(load: (series: Series, startDay: number, endDay: number) => BlockHeader[]): PageCache {
  const pages = new Map<number, readonly BlockHeader[]>();
  return {
    get(series, day) {
      const { startDay, endDay } = pageOf(day);
      const key = series.id * PAGES_PER_SERIES + startDay / (endDay - startDay);
      let page = pages.get(key);
      if (page) {
        pages.delete(key);
      } else {
        page = load(series, startDay, endDay);
      }
      // The last in a Map's order is the last used.
      pages.set(key, page);
      const eldest = pages.size > MOST_PAGES ? pages.keys().next().value : undefined;
      if (eldest !== undefined) {
        pages.delete(eldest);
      }
      return page;
    },
    forgetSeries(series) {
      for (const key of pages.keys()) {
        if (Math.floor(key / PAGES_PER_SERIES) === series.id) {
          pages.delete(key);
        }
      }
    },
    forget: () => pages.clear(),
  };
}
