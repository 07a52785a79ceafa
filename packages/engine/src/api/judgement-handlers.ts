import { ok } from "@ecolocal/core/shared";
import type { HandlersOf, Services } from "./services.ts";

export function judgementHandlers({ store, judge }: Services): HandlersOf<"judgement"> {
  return {
    "judgement.list": async () => {
      const judged = await Promise.all(
        store.channels.list().map(async ({ id, ...channel }) => ({
          channelId: id,
          judgements: [...(await judge.judge({ id, ...channel }))],
        })),
      );
      return ok(judged.filter(({ judgements }) => judgements.length > 0));
    },
  };
}
