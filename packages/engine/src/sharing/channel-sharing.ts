import type { ChannelSharing, SegmentFile, SharingChange, SharingLevel } from "@ecolocal/core/api";
import { AUDIENCES, SHARED_RESOLUTIONS, type SharedResolution } from "@ecolocal/core/community";
import { type Channel, isUsable } from "@ecolocal/core/sensing";
import { DAY_MS, dayToIso, err, type Failure, HOUR_MS, ok, type Result } from "@ecolocal/core/shared";
import type { GivenChannel, SentDays } from "@ecolocal/db/sharing";
import { channelNotFound, type Store } from "../store/index.ts";
import type { SyncClient } from "../sync/index.ts";
import { exportSegment } from "./export-segment.ts";

/** Who gets which of this workspace's readings. */
export interface ChannelSharings {
  list(): ChannelSharing[];
  setLevel(level: SharingLevel): Promise<Result<SharingChange[], Failure>>;
  exportSegment(request: Parameters<typeof exportSegment>[1]): Result<SegmentFile, Failure>;
}

export function createChannelSharings(store: Store, sync: SyncClient): ChannelSharings {
  return {
    list: () => store.channels.list().map((channel) => viewSharing(store, channel, store.given.find(channel.id))),
    exportSegment: (request) => exportSegment({ store, sync }, request),
    async setLevel(level) {
      const refused = refusal(sync, level);
      if (refused !== null) return err(refused);
      const plans: Plan[] = [];
      for (const channelId of new Set(level.channelIds)) {
        const channel = store.channels.find(channelId);
        if (channel === null) return err(channelNotFound(channelId));
        plans.push(planOf(store, channel, level));
      }
      if (level.preview) return ok(plans.map(({ change }) => change));
      const changed = plans.filter(({ next }) => next !== null);
      const written = store.db.write("share.setLevel", `${changed.length} channels`, () => {
        for (const { next, days } of changed) if (next !== null) store.given.begin(next, days);
      });
      if (!written.ok) return written;
      store.readings.sharingChanged();
      const isDone = changed.some(({ next }) => next?.toDelete) ? await sync.takeBackReadings() : true;
      sync.readingsChanged();
      store.changes.notify("sensors");
      return ok(plans.map((plan) => settled(store, plan, isDone)));
    },
  };
}

/** A change of level before it is made. */
interface Plan {
  readonly channel: Channel;
  readonly change: SharingChange;
  /** Null where nothing changes. */
  readonly next: Omit<GivenChannel, "nextSeq" | "refusedCode"> | null;
  /** Days that will be sent. */
  readonly days: readonly number[];
}

const NOTHING = { days: [], readings: 0 };

function planOf(store: Store, channel: Channel, level: SharingLevel): Plan {
  const given = store.given.find(channel.id);
  const before = viewSharing(store, channel, given);
  const effect = effectOf(given, level);
  const nothing = { alreadySent: null, deletion: "none", willSend: { days: 0, readings: 0 } } as const;
  if (effect === "unchanged")
    return { channel, next: null, days: [], change: { before, after: before, effect, ...nothing } };
  const next = nextLevel(store, given, { channelId: channel.id, level, effect });
  const { audience, resolution, sinceDay, toDelete } = next;
  const stored = audience === "none" ? NOTHING : storedReadings(store, channel.id, sinceDay, resolution);
  // Days that the server has and that are empty by now have to be told as well.
  const kept = audience === "none" || toDelete ? [] : store.given.sentDays(channel.id);
  const days = [...new Set([...kept, ...stored.days])].sort((a, b) => a - b);
  const change: SharingChange = {
    before,
    after: { ...before, audience, resolution, since: sinceOf(next), waitingDays: days.length, deleting: toDelete },
    effect,
    alreadySent: effect === "less" ? before.sent : null,
    deletion: toDelete ? "waiting" : "none",
    willSend: { days: days.length, readings: stored.readings },
  };
  return { channel, change, next, days };
}

function nextLevel(
  store: Store,
  given: GivenChannel | null,
  change: { readonly channelId: string; readonly level: SharingLevel; readonly effect: SharingChange["effect"] },
): NonNullable<Plan["next"]> {
  const { channelId, effect } = change;
  const { audience, resolution, history } = change.level;
  const today = Math.floor(store.clock.now() / DAY_MS);
  const wasShared = given !== null && given.audience !== "none";
  const sinceDay = history ? 0 : wasShared ? given.sinceDay : today;
  const mayHaveSent = store.given.sent(channelId) !== null || store.given.outgoing(channelId) !== null;
  const toDelete = (effect === "less" && mayHaveSent) || (given?.toDelete ?? false);
  return { channelId, audience, resolution, sinceDay, epoch: (given?.epoch ?? 0) + 1, toDelete };
}

function settled(store: Store, { channel, change, next }: Plan, isDone: boolean): SharingChange {
  if (next === null) return change;
  const after = viewSharing(store, channel, store.given.find(channel.id));
  return { ...change, after, deletion: !next.toDelete ? "none" : isDone ? "done" : "waiting" };
}

/** Less in any respect is less: then the server deletes before it gets what is still shared. */
function effectOf(
  given: GivenChannel | null,
  { audience, resolution, history }: SharingLevel,
): SharingChange["effect"] {
  const before = given?.audience ?? "none";
  if (before === "none" || given === null) return audience === "none" ? "unchanged" : "more";
  const wider = AUDIENCES.indexOf(audience) - AUDIENCES.indexOf(before);
  if (audience === "none") return "less";
  // `raw` comes before `hourly`.
  const finer = SHARED_RESOLUTIONS.indexOf(given.resolution) - SHARED_RESOLUTIONS.indexOf(resolution);
  if (wider < 0 || finer < 0) return "less";
  const isMore = wider > 0 || finer > 0 || (history && given.sinceDay > 0);
  return isMore ? "more" : "unchanged";
}

function refusal(sync: SyncClient, { audience }: SharingLevel): Failure | null {
  const membership = sync.membership();
  const op = "share.setLevel";
  if (audience === "none") return null;
  if (membership === null) {
    const detail = "This workspace is on this computer only.";
    return { code: "SYNC_NOT_JOINED", op, subject: "workspace", detail, retry: "after-change" };
  }
  if (membership.role !== "guest") return null;
  const detail = "Guests of the group read; they share nothing.";
  return { code: "SYNC_ROLE_INSUFFICIENT", op, subject: membership.userName, detail, retry: "after-change" };
}

function viewSharing(store: Store, channel: Channel, given: GivenChannel | null): ChannelSharing {
  const { id: channelId, quantity, key, place, exposure } = channel;
  const sensor = channel.sensorId === null ? null : store.sensors.find(channel.sensorId);
  const waiting = given === null || given.audience === "none" ? [] : store.given.waiting(channelId);
  const sent = given === null ? null : store.given.sent(channelId);
  return {
    ...{ channelId, sensorName: sensor?.name ?? "", quantity, key, place, exposure },
    audience: given?.audience ?? "none",
    resolution: given?.resolution ?? "hourly",
    since: given === null ? null : sinceOf(given),
    sent: sent && viewSent(sent),
    sharedUpTo: sent === null ? null : Math.min((waiting[0]?.day ?? sent.lastDay + 1) * DAY_MS, store.clock.now()),
    waitingDays: waiting.length,
    deleting: given?.toDelete ?? false,
    refusedCode: given?.refusedCode ?? null,
  };
}

const sinceOf = ({ sinceDay }: Pick<GivenChannel, "sinceDay">): number | null =>
  sinceDay === 0 ? null : sinceDay * DAY_MS;

function viewSent({ firstDay, lastDay, ...sums }: SentDays): ChannelSharing["sent"] {
  return { ...sums, firstOn: dayToIso(firstDay), lastOn: dayToIso(lastDay) };
}

/**
 * UTC days with any reading from a day on, unusable ones included: what is excluded today travels too, with its mark. Reads
 * them all, once per change of level.
 */
function storedReadings(store: Store, channelId: string, sinceDay: number, resolution: SharedResolution) {
  const range = { channelId, from: sinceDay * DAY_MS, to: store.clock.now() + DAY_MS };
  const days = new Set<number>();
  const hours = new Set<number>();
  let readings = 0;
  for (const { at, quality } of store.readings.range(range)) {
    readings += at.length;
    for (const [i, instant] of at.entries()) {
      days.add(Math.floor(instant / DAY_MS));
      if (isUsable(quality[i] ?? 0)) hours.add(Math.floor(instant / HOUR_MS));
    }
  }
  return { days: [...days], readings: resolution === "raw" ? readings : hours.size };
}
