import { ok } from "@ecolocal/core/shared";
import type { HandlersOf, Services } from "./services.ts";

export function judgementHandlers({ store, judge }: Services): HandlersOf<"judgement"> {
  return {
    "judgement.list": () =>
      ok(
        store.channels
          .list()
          .map((channel) => ({ channelId: channel.id, judgements: [...judge.judge(channel)] }))
          .filter(({ judgements }) => judgements.length > 0),
      ),
  };
}
