import type { Contract, LiveBucketsView } from "@ecolocal/core/api";
import { type ParsedIn, RpcError } from "@ecolocal/core/api/rpc";
import type { SeriesBuckets, TimeRange } from "@ecolocal/core/series";
import type { Instant } from "@ecolocal/core/shared";
import { pause, type Store } from "../store/index.ts";
import { spanFailure } from "./checked-question.ts";

type LiveQuery = ParsedIn<Contract, "data.watchBuckets">;

/** The clock may be set: it is looked at again after this long at most. */
const LONGEST_SLEEP_MS = 30_000;

/**
 * Says again and again what of a chart has changed: the bucket that is still open, and every other one into which a
 * late or corrected reading has come, or which has just ended. Pauses for `everyMs` between two values.
 */
export async function* watchBuckets(
  store: Store,
  query: LiveQuery,
  signal: AbortSignal,
): AsyncGenerator<LiveBucketsView, void> {
  const wrong = spanFailure({ from: query.from, to: store.clock.now() + 1 });
  if (wrong) throw new RpcError(wrong);
  const changes = collectChanges(store, query.channelId);
  try {
    let open = startOf(query, store.clock.now());
    yield await changedBuckets(store, query, { since: open, open, changed: null }, signal);
    while (!signal.aborted) {
      await pause(query.everyMs, signal);
      const now = store.clock.now();
      const next = startOf(query, now);
      const changed = changes.take();
      if (changed !== null || next !== open) {
        const since = Math.min(open, next);
        open = next;
        yield await changedBuckets(store, query, { since, open, changed }, signal);
      } else {
        await changes.wait(Math.min(next + query.stepMs - now, LONGEST_SLEEP_MS), signal);
      }
    }
  } finally {
    changes.stop();
  }
}

/** Start of the bucket that holds an instant; of the first one for an instant before the chart. */
function startOf({ from, stepMs }: LiveQuery, at: Instant): Instant {
  return from + Math.max(0, Math.floor((at - from) / stepMs)) * stepMs;
}

interface News {
  /** Buckets from here on may have changed by time going on. */
  readonly since: Instant;
  /** Start of the open bucket. */
  readonly open: Instant;
  /** Stretch whose readings have changed. */
  readonly changed: TimeRange | null;
}

async function changedBuckets(
  store: Store,
  query: LiveQuery,
  { since, open, changed }: News,
  signal: AbortSignal,
): Promise<LiveBucketsView> {
  const end = open + query.stepMs;
  const spans = changedSpans(query, { from: since, to: end }, changed);
  const parts: SeriesBuckets[] = [];
  for (const span of spans) {
    const points = Math.round((span.to - span.from) / query.stepMs);
    parts.push(await store.readings.background.downsample({ channelId: query.channelId, ...span, points }, { signal }));
  }
  const buckets = joined(parts);
  buckets.coverage[buckets.coverage.length - 1] = await coverageSoFar(store, query, open, signal);
  const [last] = store.readings.latest([query.channelId]);
  return { last: last ?? null, buckets };
}

/** What has changed, in whole buckets of the chart, oldest first; stretches that touch are one. */
function changedSpans(query: LiveQuery, current: TimeRange, changed: TimeRange | null): TimeRange[] {
  if (changed === null || changed.to <= query.from || changed.from >= current.to) return [current];
  const from = startOf(query, changed.from);
  const to = Math.min(startOf(query, changed.to - 1) + query.stepMs, current.to);
  return to < current.from ? [{ from, to }, current] : [{ from: Math.min(from, current.from), to: current.to }];
}

async function coverageSoFar(
  { readings, clock }: Store,
  { channelId, stepMs }: LiveQuery,
  open: Instant,
  signal: AbortSignal,
): Promise<number> {
  const to = Math.min(Math.max(clock.now(), open) + 1, open + stepMs);
  const { coverage } = await readings.background.downsample({ channelId, from: open, to, points: 1 }, { signal });
  return coverage[0] ?? 0;
}

function joined(parts: readonly SeriesBuckets[]): SeriesBuckets {
  const column = (key: keyof SeriesBuckets): Float64Array => Float64Array.from(parts.flatMap((part) => [...part[key]]));
  return {
    from: column("from"),
    n: column("n"),
    mean: column("mean"),
    min: column("min"),
    max: column("max"),
    coverage: column("coverage"),
  };
}

interface Changes {
  /** The stretch that has changed since it was taken last; null when none has. */
  take(): TimeRange | null;
  /** Resolves when something has changed, the time is over, or `signal` aborts. */
  wait(longestMs: number, signal: AbortSignal): Promise<void>;
  stop(): void;
}

function collectChanges(store: Store, channelId: string): Changes {
  let waiting: TimeRange | null = null;
  let wake = (): void => undefined;
  const stop = store.readings.onChange((changes) => {
    for (const { channelId: changed, from, to } of changes) {
      if (changed !== channelId) continue;
      waiting = waiting ? { from: Math.min(waiting.from, from), to: Math.max(waiting.to, to) } : { from, to };
      wake();
    }
  });
  return {
    stop,
    take() {
      const taken = waiting;
      waiting = null;
      return taken;
    },
    async wait(longestMs, signal) {
      const woken = new AbortController();
      wake = () => woken.abort();
      if (waiting === null) await pause(longestMs, AbortSignal.any([woken.signal, signal]));
    },
  };
}
