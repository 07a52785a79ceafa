import type { Channel } from "@ecolocal/core/sensing";
import { type FlaggedStretch, flaggedStretches, reviewQuality, type TimeRange } from "@ecolocal/core/series";
import type { Store } from "../store/index.ts";

/** Readings of one review, about a year of minutes. */
const MAX_READINGS = 600_000;

/** What is wrong with the readings of a channel, as stored and as their neighbours show, in stretches. */
export function reviewChannel(store: Store, channel: Channel, range: TimeRange): FlaggedStretch[] {
  const at: number[] = [];
  const value: number[] = [];
  const quality: number[] = [];
  for (const block of store.readings.range({ channelId: channel.id, ...range })) {
    for (let i = 0; i < block.at.length && at.length < MAX_READINGS; i++) {
      at.push(block.at[i] ?? 0);
      value.push(block.value[i] ?? Number.NaN);
      quality.push(block.quality[i] ?? 0);
    }
  }
  const { quantity, intervalMs } = channel;
  const found = reviewQuality({ at, value, quality }, { quantity, intervalMs, now: store.clock.now() });
  return flaggedStretches(
    at,
    found.map((bits, i) => bits | (quality[i] ?? 0)),
  );
}
