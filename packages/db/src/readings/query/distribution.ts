import type { Exceedance, ExceedanceEpisode, ExceedanceQuery, Histogram, HistogramQuery } from "@ecolocal/core/series";
import type { Columns } from "../columns.ts";
import type { ReadingsContext } from "../context.ts";
import { eachUsable } from "./readings-of.ts";
import type { Steps } from "./run.ts";
import { bucketSteps } from "./statistics.ts";

const MOST_EPISODES = 1000;
/** Noise around a threshold makes a hundred thousand episodes a year: the short ones are let go now and then. */
const MOST_WAITING = 4 * MOST_EPISODES;

/** The longest episodes; of equally long ones the earliest. */
function longest(episodes: readonly ExceedanceEpisode[]): ExceedanceEpisode[] {
  return episodes.toSorted((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from).slice(0, MOST_EPISODES);
}

/** Counts samples per stretch of values. */
export function* histogramSteps(context: ReadingsContext, query: HistogramQuery): Steps<Histogram> {
  const series = context.find(query.channelId);
  const bounds = yield* boundsOf(context, query);
  const bins = Math.max(1, Math.floor(query.bins));
  const width = (bounds.high - bounds.low) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? bounds.high : bounds.low + i * width));
  const n = new Float64Array(bins);
  const outside = { below: 0, above: 0 };
  const take = ({ length, value, spread }: Columns): void => {
    for (let i = 0; i < length; i++) {
      const current = value[i] as number;
      const weight = spread ? (spread.n[i] as number) : 1;
      if (current < bounds.low) {
        outside.below += weight;
      } else if (current > bounds.high) {
        outside.above += weight;
      } else {
        const bin = binOf(edges, current, width);
        n[bin] = (n[bin] as number) + weight;
      }
    }
  };
  if (series) {
    yield* eachUsable(context, series, query, take);
  }
  return { edges, n, ...outside };
}

function* boundsOf(context: ReadingsContext, query: HistogramQuery): Steps<{ low: number; high: number }> {
  if (query.low !== undefined && query.high !== undefined && query.high > query.low) {
    return { low: query.low, high: query.high };
  }
  const { min, max } = yield* bucketSteps(context, query.channelId, query, Float64Array.of(query.from, query.to));
  const low = query.low ?? min[0] ?? Number.NaN;
  const high = query.high ?? max[0] ?? Number.NaN;
  if (!(high > low)) {
    return Number.isFinite(low) ? { low: low - 0.5, high: low + 0.5 } : { low: 0, high: 1 };
  }
  return { low, high };
}

/** The division may land beside an edge by a rounding; the edges decide. */
function binOf(edges: Float64Array, value: number, width: number): number {
  const last = edges.length - 2;
  let bin = Math.min(last, Math.max(0, Math.floor((value - (edges[0] as number)) / width)));
  while (bin < last && value >= (edges[bin + 1] as number)) {
    bin++;
  }
  while (bin > 0 && value < (edges[bin] as number)) {
    bin--;
  }
  return bin;
}

/** Measures how often and how long readings are above a threshold. */
export function* exceedanceSteps(context: ReadingsContext, query: ExceedanceQuery): Steps<Exceedance> {
  const series = context.find(query.channelId);
  const intervalMs = series?.intervalMs ?? 1;
  const watch = new EpisodeWatch(query.threshold, intervalMs, query.longestGapMs ?? intervalMs * 3);
  if (series) {
    yield* eachUsable(context, series, query, (columns) => watch.take(columns));
  }
  return watch.finish();
}

class EpisodeWatch {
  readonly #threshold: number;
  readonly #intervalMs: number;
  readonly #longestGapMs: number;
  #episodes: ExceedanceEpisode[] = [];
  /** Enough episodes are longer than this: later ones must be as well. */
  #outdoneMs = 0;
  #readings = 0;
  #exceeding = 0;
  #durationMs = 0;
  #open: { from: number; last: number; readings: number; max: number } | null = null;

  constructor(threshold: number, intervalMs: number, longestGapMs: number) {
    this.#threshold = threshold;
    this.#intervalMs = intervalMs;
    this.#longestGapMs = longestGapMs;
  }

  take({ length, at, value }: Columns): void {
    for (let i = 0; i < length; i++) {
      this.#add(at[i] as number, value[i] as number);
    }
  }

  #add(at: number, value: number): void {
    this.#readings++;
    if (this.#open && (value <= this.#threshold || at - this.#open.last > this.#longestGapMs)) {
      this.#close();
    }
    if (value <= this.#threshold) {
      return;
    }
    this.#exceeding++;
    this.#open ??= { from: at, last: at, readings: 0, max: value };
    this.#open.last = at;
    this.#open.readings++;
    this.#open.max = Math.max(this.#open.max, value);
  }

  #close(): void {
    if (this.#open) {
      const { from, last, readings, max } = this.#open;
      const to = last + this.#intervalMs;
      if (to - from > this.#outdoneMs) {
        this.#episodes.push({ from, to, readings, max });
      }
      this.#durationMs += to - from;
      this.#open = null;
      if (this.#episodes.length >= MOST_WAITING) {
        this.#episodes = longest(this.#episodes);
        const last = this.#episodes.at(-1);
        this.#outdoneMs = last ? last.to - last.from : 0;
      }
    }
  }

  finish(): Exceedance {
    this.#close();
    return {
      readings: this.#readings,
      exceeding: this.#exceeding,
      share: this.#exceeding / this.#readings,
      durationMs: this.#durationMs,
      episodes: longest(this.#episodes).sort((a, b) => a.from - b.from),
    };
  }
}
