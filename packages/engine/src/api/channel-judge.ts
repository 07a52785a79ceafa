import type { JudgementView } from "@ecolocal/core/api";
import type { SeriesJudgement } from "@ecolocal/core/judgement";
import type { Channel } from "@ecolocal/core/sensing";
import type { SeriesBuckets } from "@ecolocal/core/series";
import { DAY_MS, HOUR_MS, type Instant, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { trustedHours } from "./trusted-hours.ts";

/** What a channel was like at the end of one hour. */
export interface JudgedHour {
  readonly at: Instant;
  readonly judgement: JudgementView;
}

/** Judges channels as they stand now; answers are kept until their readings may have changed. */
export interface ChannelJudge {
  /** The most telling scale first; empty where no scale applies or there is too little data. */
  judge(channel: Channel): Promise<readonly JudgementView[]>;
  /** The most telling judgement at the end of each of the last 24 hours that has one, oldest first. */
  lastDay(channel: Channel): Promise<readonly JudgedHour[]>;
}

/** Live readings change a judgement slowly; asking again within this time gives the same answer. */
const HOLDS_MS = 15_000;
const HOURS = 24;

export function createChannelJudge(store: Store): ChannelJudge {
  const answers = new Map<Ulid, { readonly at: number; readonly views: readonly JudgementView[] }>();
  const days = new Map<Ulid, { readonly hour: number; readonly judged: readonly JudgedHour[] }>();
  store.changes.onNotify((topics) => {
    if (topics.every((topic) => topic === "readings" || topic === "projects")) return;
    answers.clear();
    days.clear();
  });
  return {
    async judge(channel) {
      const now = store.clock.now();
      const known = answers.get(channel.id);
      if (known && now >= known.at && now - known.at < HOLDS_MS) return known.views;
      const views = await judgeAt(channel, hoursBefore(store, channel, now, HOURS), now);
      answers.set(channel.id, { at: now, views });
      return views;
    },
    async lastDay(channel) {
      const hour = Math.floor(store.clock.now() / HOUR_MS);
      const known = days.get(channel.id);
      if (known?.hour === hour) return known.judged;
      const judged = await judgeDay(channel, hoursBefore(store, channel, hour * HOUR_MS, 2 * HOURS), hour);
      days.set(channel.id, { hour, judged });
      return judged;
    },
  };
}

async function judgeDay(channel: Channel, hours: SeriesBuckets, lastHour: number): Promise<readonly JudgedHour[]> {
  const judged: JudgedHour[] = [];
  for (let hour = lastHour - HOURS + 1; hour <= lastHour; hour++) {
    const at = hour * HOUR_MS;
    const [judgement] = await judgeAt(channel, hours, at);
    if (judgement) judged.push({ at, judgement });
  }
  return judged;
}

/** Hourly means up to `now`, the running hour included, of readings that can be believed. */
function hoursBefore(store: Store, channel: Channel, now: Instant, count: number): SeriesBuckets {
  const { timeZone } = store.settings.workspaceInfo();
  const hours = store.readings.aggregate({
    channelId: channel.id,
    from: Math.floor(now / HOUR_MS) * HOUR_MS - count * (DAY_MS / HOURS),
    to: Math.ceil((now + 1) / HOUR_MS) * HOUR_MS,
    period: { unit: "hour", timeZone },
  });
  return trustedHours(store, channel, hours);
}

async function judgeAt(channel: Channel, hours: SeriesBuckets, now: Instant): Promise<readonly JudgementView[]> {
  const { judgeSeries } = await import("@ecolocal/core/judgement");
  const { quantity, exposure } = channel;
  return judgeSeries({ quantity, exposure, hours: until(hours, now), now }).flatMap(toView);
}

/** A judgement about the past must not know what came after. */
function until(hours: SeriesBuckets, now: Instant): SeriesBuckets {
  const after = hours.from.findIndex((from) => from >= now);
  if (after < 0) return hours;
  const cut = (column: Float64Array): Float64Array => column.subarray(0, after);
  const { from, n, mean, min, max, coverage } = hours;
  return {
    ...hours,
    from: cut(from),
    n: cut(n),
    mean: cut(mean),
    min: cut(min),
    max: cut(max),
    coverage: cut(coverage),
  };
}

function toView(verdict: SeriesJudgement): JudgementView[] {
  if (verdict.kind !== "judged") return [];
  const { advice, ...judgement } = verdict.judgement;
  return [{ ...judgement, advice: advice && { ...advice, values: { ...advice.values } } }];
}
