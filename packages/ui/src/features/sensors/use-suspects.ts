import type { ChannelView } from "@ecolocal/core/api";
import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/index.ts";

const DAY_MS = 86_400_000;
/** More readings than this cost more than the marks are worth. */
const MAX_READINGS = 20_000;

const SUSPECT_BITS =
  QUALITY_BITS.saturated |
  QUALITY_BITS.out_of_range |
  QUALITY_BITS.stuck |
  QUALITY_BITS.spike |
  QUALITY_BITS.device_error |
  QUALITY_BITS.clock_suspect;

/** Instants of readings that a quality check doubts; asked for only where the range holds few enough readings. */
export function useSuspects(channel: ChannelView, from: number, to: number): readonly number[] {
  const client = useClient();
  const affordable = (to - from) / Math.max(1, channel.intervalMs) <= MAX_READINGS && to - from <= 8 * DAY_MS;
  const { data } = useQuery({
    queryKey: ["data.range", { channelId: channel.id, from, to }],
    enabled: affordable,
    queryFn: async ({ signal }) => {
      const suspects: number[] = [];
      for await (const block of client.stream("data.range", { channelId: channel.id, from, to }, { signal })) {
        for (const [index, quality] of block.quality.entries()) {
          if ((quality & SUSPECT_BITS) !== 0) suspects.push(block.at[index] ?? 0);
        }
      }
      return suspects;
    },
  });
  return data ?? [];
}
