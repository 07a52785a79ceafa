import { RANGES, type RangeName } from "../../client/chart-window.ts";

/** More lines than this cannot be told apart. */
export const MAX_CHANNELS = 8;

export const VIEWS = ["line", "profile", "distribution", "totals"] as const;
export type ViewName = (typeof VIEWS)[number];

/** What the address of the explorer says: which values, over which time, beside the time before or not. */
export interface DataSearch {
  readonly channels?: readonly string[];
  readonly range?: RangeName;
  readonly back?: number;
  readonly compare?: boolean;
  /** Over time when left out. */
  readonly view?: ViewName;
  /** The import sheet is open. */
  readonly import?: boolean;
}

const MAX_BACK = 2_000;

export function dataSearch(search: Readonly<Record<string, unknown>>): DataSearch {
  const { channels, back, compare } = search;
  const ids = Array.isArray(channels)
    ? [...new Set(channels.filter((id): id is string => typeof id === "string" && id !== ""))].slice(0, MAX_CHANNELS)
    : [];
  const range = RANGES.find((name) => name === search["range"]);
  const view = VIEWS.find((name) => name === search["view"]);
  const steps = typeof back === "number" && Number.isInteger(back) && back > 0 ? Math.min(back, MAX_BACK) : undefined;
  return {
    ...(ids.length === 0 ? {} : { channels: ids }),
    ...(range === undefined ? {} : { range }),
    ...(steps === undefined ? {} : { back: steps }),
    ...(compare === true ? { compare: true } : {}),
    ...(view === undefined || view === "line" ? {} : { view }),
    ...(search["import"] === true ? { import: true } : {}),
  };
}
