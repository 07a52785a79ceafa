import type { JudgementView } from "@ecolocal/core/api";
import type { Channel } from "@ecolocal/core/sensing";
import { DAY_MS, HOUR_MS, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

/** Judges channels as they stand now; answers are kept until their readings may have changed. */
export interface ChannelJudge {
  /** The most telling scale first; empty where no scale applies or there is too little data. */
  judge(channel: Channel): Promise<readonly JudgementView[]>;
}

/** Live readings change a judgement slowly; asking again within this time gives the same answer. */
const HOLDS_MS = 15_000;

export function createChannelJudge(store: Store): ChannelJudge {
  const answers = new Map<Ulid, { readonly at: number; readonly views: readonly JudgementView[] }>();
  store.changes.onNotify((topics) => {
    if (topics.some((topic) => topic !== "readings" && topic !== "projects")) answers.clear();
  });
  return {
    async judge(channel) {
      const now = store.clock.now();
      const known = answers.get(channel.id);
      if (known && now >= known.at && now - known.at < HOLDS_MS) return known.views;
      const views = await judgeNow(store, channel, now);
      answers.set(channel.id, { at: now, views });
      return views;
    },
  };
}

async function judgeNow(store: Store, channel: Channel, now: number): Promise<readonly JudgementView[]> {
  const { judgeSeries } = await import("@ecolocal/core/judgement");
  const { timeZone } = store.settings.workspaceInfo();
  const hours = store.readings.aggregate({
    channelId: channel.id,
    from: Math.floor((now - DAY_MS) / HOUR_MS) * HOUR_MS,
    to: Math.ceil((now + 1) / HOUR_MS) * HOUR_MS,
    period: { unit: "hour", timeZone },
  });
  const { quantity, exposure } = channel;
  return judgeSeries({ quantity, exposure, hours, now }).flatMap((verdict) => {
    if (verdict.kind !== "judged") return [];
    const { advice, ...judgement } = verdict.judgement;
    return [{ ...judgement, advice: advice && { ...advice, values: { ...advice.values } } }];
  });
}
