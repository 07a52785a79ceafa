import type { SyncStatus } from "@ecolocal/core/api";
import type { Formatter, MessageValues } from "@ecolocal/messages";
import type { Field } from "../output/output.ts";
import { createShow } from "../output/show.ts";

const { time } = createShow("en");

/** Differences below this come from the network and the server's whole seconds. */
const CLOCK_MATTERS_MS = 5 * 60_000;

/** The one sentence of the sync indicator. */
export function syncSentence(status: SyncStatus, texts: Formatter): string {
  const { state, waitingChanges: changes, lastSyncAt, failure, paused, progress } = status;
  const say = (id: string, values?: MessageValues) => texts.message(`cli.${id}`, values);
  switch (state) {
    case "local":
      return say("sync.local");
    case "current":
      return lastSyncAt === null ? say("sync.currentNow") : say("sync.current", { time: time(lastSyncAt) });
    case "sending":
      return progress === null
        ? say("sync.sending", { changes })
        : say("sync.exchanging", { done: progress.done, total: progress.total });
    case "offline":
      return say(paused ? "sync.paused" : "sync.offline", { changes });
    case "attention":
      return say("sync.attention", { code: failure?.code ?? "unknown", changes });
  }
}

/** Everything worth knowing about sync, label by label. */
export function syncFields(status: SyncStatus, texts: Formatter): Field[] {
  const { server, groupId, me, waiting, failure, people, clockAheadMs } = status;
  const say = (id: string, values?: MessageValues) => texts.message(`cli.${id}`, values);
  const fields: Field[] = [["State", syncSentence(status, texts)]];
  if (server === null || me === null) return fields;
  const you = say("sync.you", { name: me.name, role: me.role, device: me.deviceName });
  fields.push(["Server", server], ["Group", groupId ?? ""], ["You", you]);
  for (const { title, changes, refusedCode } of waiting) {
    const line = say("sync.waits", { title, changes });
    fields.push(["Waiting", refusedCode === null ? line : say("sync.refused", { line, code: refusedCode })]);
  }
  if (failure !== null) fields.push(["Last trouble", `${failure.code}: ${failure.detail}`]);
  if (people.length > 0) fields.push(["Here now", people.map(({ name }) => name).join(", ")]);
  if (clockAheadMs !== null && Math.abs(clockAheadMs) > CLOCK_MATTERS_MS) {
    const minutes = Math.round(Math.abs(clockAheadMs) / 60_000);
    fields.push(["Clock", say(clockAheadMs > 0 ? "sync.clockAhead" : "sync.clockBehind", { minutes })]);
  }
  return fields;
}
