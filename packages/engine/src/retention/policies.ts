import type { RetentionPolicies } from "@ecolocal/core/api";
import type { Failure, Result, Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

const SETTING = "readings.retention";

const NONE: RetentionPolicies = { keepDays: null, channels: [], lastRun: null };

/** How long readings are kept: for the workspace, for channels that differ from it, and what the last run dropped. */
export function readPolicies(store: Pick<Store, "settings">): RetentionPolicies {
  return (store.settings.get(SETTING) as RetentionPolicies | undefined) ?? NONE;
}

/** What a channel's readings are kept for; null keeps them for ever. */
export function keepDaysOf({ keepDays, channels }: RetentionPolicies, channelId: Ulid): number | null {
  const own = channels.find((channel) => channel.channelId === channelId);
  return own === undefined ? keepDays : own.keepDays;
}

interface PolicyChange {
  /** Null for the workspace. */
  readonly channelId: Ulid | null;
  /** Null keeps for ever; `workspace` takes back what was said for a channel. */
  readonly keepDays: number | null | "workspace";
}

export function setPolicy(store: Store, { channelId, keepDays }: PolicyChange): Result<void, Failure> {
  const before = readPolicies(store);
  const own = keepDays === "workspace" ? null : keepDays;
  if (channelId === null) return write(store, { ...before, keepDays: own });
  const others = before.channels.filter((channel) => channel.channelId !== channelId);
  const channels = keepDays === "workspace" ? others : [...others, { channelId, keepDays }];
  return write(store, { ...before, channels });
}

export function noteRun(store: Store, lastRun: NonNullable<RetentionPolicies["lastRun"]>): Result<void, Failure> {
  return write(store, { ...readPolicies(store), lastRun });
}

function write(store: Store, policies: RetentionPolicies): Result<void, Failure> {
  return store.db.write("data.setRetention", SETTING, () => store.settings.set(SETTING, policies));
}
