import type { SyncStatus } from "@ecolocal/core/api";
import type { Field } from "../output/output.ts";
import { createShow } from "../output/show.ts";

const { time } = createShow("en");

/** Differences below this come from the network and the server's whole seconds. */
const CLOCK_MATTERS_MS = 5 * 60_000;

/** The one sentence of the sync indicator. */
export function syncSentence({ state, waitingChanges, lastSyncAt, failure, paused, progress }: SyncStatus): string {
  switch (state) {
    case "local":
      return "On this computer only";
    case "current":
      return `Up to date since ${lastSyncAt === null ? "now" : time(lastSyncAt)}`;
    case "sending":
      return progress === null
        ? `Sending ${changes(waitingChanges)}`
        : `Exchanging ${progress.done} of ${progress.total}`;
    case "offline":
      return `${paused ? "Paused" : "Offline"}: ${changes(waitingChanges)} waiting`;
    case "attention":
      return `Needs attention (${failure?.code ?? "unknown"}): ${changes(waitingChanges)} waiting`;
  }
}

/** Everything worth knowing about sync, label by label. */
export function syncFields(status: SyncStatus): Field[] {
  const { server, groupId, me, waiting, failure, people, clockAheadMs } = status;
  const fields: Field[] = [["State", syncSentence(status)]];
  if (server === null || me === null) return fields;
  fields.push(["Server", server], ["Group", groupId ?? ""], ["You", `${me.name}, ${me.role}, on ${me.deviceName}`]);
  for (const { title, changes: count, refusedCode } of waiting) {
    fields.push(["Waiting", `${title}: ${changes(count)}${refusedCode === null ? "" : ` (refused: ${refusedCode})`}`]);
  }
  if (failure !== null) fields.push(["Last trouble", `${failure.code}: ${failure.detail}`]);
  if (people.length > 0) fields.push(["Here now", people.map(({ name }) => name).join(", ")]);
  if (clockAheadMs !== null && Math.abs(clockAheadMs) > CLOCK_MATTERS_MS) {
    const minutes = Math.round(Math.abs(clockAheadMs) / 60_000);
    fields.push(["Clock", `${minutes} min ${clockAheadMs > 0 ? "ahead of" : "behind"} the server's`]);
  }
  return fields;
}

function changes(count: number): string {
  return count === 1 ? "1 change" : `${count} changes`;
}
