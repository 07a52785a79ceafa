import { ok } from "@ecolocal/core/shared";
import type { HandlersOf, Services } from "./services.ts";

export function pushHandlers({ push }: Services): HandlersOf<"push"> {
  return {
    "push.status": async () => ok(await push.status()),
    "push.configure": (change) => push.configure(change),
  };
}
