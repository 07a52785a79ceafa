import type { JudgementView } from "@ecolocal/core/api";
import { judgeSeries } from "@ecolocal/core/judgement";
import type { Channel } from "@ecolocal/core/sensing";
import { DAY_MS, HOUR_MS, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

/** Judges channels as they stand now; answers are kept until their readings may have changed. */
export interface ChannelJudge {
  /** The most telling scale first; empty where no scale applies or there is too little data. */
  judge(channel: Channel): readonly JudgementView[];
}

/** Live readings change a judgement slowly; asking again within this time gives the same answer. */
const HOLDS_MS = 15_000;

export function createChannelJudge(store: Store): ChannelJudge {
  const answers = new Map<Ulid, { readonly at: number; readonly views: readonly JudgementView[] }>();
  store.changes.onNotify((topics) => {
    if (topics.some((topic) => topic === "sensors" || topic === "workspace")) answers.clear();
  });
  return {
    judge(channel) {
      const now = store.clock.now();
      const known = answers.get(channel.id);
      if (known && now >= known.at && now - known.at < HOLDS_MS) return known.views;
      const views = judgeNow(store, channel, now);
      answers.set(channel.id, { at: now, views });
      return views;
    },
  };
}

function judgeNow(store: Store, channel: Channel, now: number): readonly JudgementView[] {
  const { timeZone } = store.settings.workspaceInfo();
  // Whole hours before now, and the running one.
  const from = Math.floor((now - DAY_MS) / HOUR_MS) * HOUR_MS;
  const hours = store.readings.aggregate({
    channelId: channel.id,
    from,
    to: Math.ceil((now + 1) / HOUR_MS) * HOUR_MS,
    period: { unit: "hour", timeZone },
  });
  const { quantity, exposure } = channel;
  return judgeSeries({ quantity, exposure, hours, now }).flatMap((verdict) => {
    if (verdict.kind !== "judged") return [];
    const { judgement } = verdict;
    const advice = judgement.advice && { ...judgement.advice, values: { ...judgement.advice.values } };
    return [{ ...judgement, advice }];
  });
}
