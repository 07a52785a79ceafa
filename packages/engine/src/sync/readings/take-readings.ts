import { SEGMENT_LIMITS, type SegmentHeader } from "@ecolocal/core/series/segments";
import { DAY_MS, err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { ReceivedChannel } from "@ecolocal/db/sharing";
import { type VerifiedSegment, verifySegment } from "@ecolocal/sync/client";
import type { EngineLog } from "../../log/index.ts";
import type { Store } from "../../store/index.ts";
import type { RosterEntry } from "../roster.ts";
import type { SegmentEntryView, SegmentHeadView, ServerSegments } from "../server-segments.ts";
import { isPassing, syncFailure } from "../sync-failure.ts";

export interface TakeContext {
  readonly store: Store;
  readonly server: ServerSegments;
  readonly groupId: string;
  readonly roster: readonly RosterEntry[];
  readonly log: EngineLog;
  readonly signal: AbortSignal;
  readonly atMost: number;
}

export interface Taken {
  /** Days of readings that came. */
  readonly received: number;
  /** Channels that were taken back. */
  readonly forgotten: number;
  readonly more: boolean;
}

/** Pieces that nobody goes on with. */
const PIECES_KEPT_MS = 2 * DAY_MS;

/**
 * Fetches what others have shared since the last time, day by day, and forgets what they have taken back. Every segment is
 * checked here as well: a server carries readings, it cannot make any. One that does not pass stops its channel only.
 */
export async function takeReadings(
  context: TakeContext,
  heads: readonly SegmentHeadView[],
): Promise<Result<Taken, Failure>> {
  const { store, atMost } = context;
  let received = 0;
  let forgotten = 0;
  for (const head of heads) {
    if (store.channels.find(head.channelId) !== null) continue;
    const gone = forgetWithdrawn(store, head);
    if (!gone.ok) return gone;
    if (gone.value) forgotten += 1;
    if (head.withdrawn) continue;
    const taken = await takeChannel({ ...context, atMost: atMost - received }, head);
    if (!taken.ok) return taken;
    received += taken.value.received;
    if (taken.value.more) return ok({ received, forgotten, more: true });
  }
  return ok({ received, forgotten, more: false });
}

type Page = Pick<Taken, "received" | "more">;

async function takeChannel(context: TakeContext, head: SegmentHeadView): Promise<Result<Page, Failure>> {
  let received = 0;
  while (isBehind(context.store, head)) {
    if (context.signal.aborted || received >= context.atMost) return ok({ received, more: true });
    const page = await takePage(context, head.channelId);
    if (!page.ok) {
      const { code, detail } = page.error;
      if (isPassing(page.error) || code.startsWith("STORAGE_")) return page;
      context.log.write("warn", detail, { code, channel: head.channelId });
      return ok({ received, more: false });
    }
    received += page.value.received;
    if (!page.value.more) break;
  }
  return ok({ received, more: false });
}

/** Whether the server has more of a channel than was taken of it. */
export function isBehind({ received }: Store, { channelId, epoch, seq }: SegmentHeadView): boolean {
  const known = received.find(channelId);
  return known === null || epoch > known.epoch || (epoch === known.epoch && seq > known.seq);
}

/** Everything up to the epoch in which it was taken back goes, whatever has been shared anew. */
function forgetWithdrawn({ db, received, readings }: Store, head: SegmentHeadView): Result<boolean, Failure> {
  const known = received.find(head.channelId);
  if (known === null || known.epoch > head.withdrawnEpoch) return ok(false);
  const cleared = readings.clearChannel(head.channelId);
  if (!cleared.ok) return cleared;
  const removed = db.write("share.forget", head.channelId, () => received.remove(head.channelId));
  return removed.ok ? ok(true) : removed;
}

async function takePage(context: TakeContext, channelId: Ulid): Promise<Result<Page, Failure>> {
  const { store, server, signal } = context;
  const known = store.received.find(channelId);
  const page = await server.list(channelId, { epoch: known?.epoch ?? 0, seq: known?.seq ?? 0 });
  if (!page.ok) return page;
  let received = 0;
  for (const entry of page.value.segments) {
    if (signal.aborted) return ok({ received, more: false });
    const data = await download(context, entry);
    if (!data.ok) return data;
    // Superseded while we were on the way to it: its successor is further on in the list.
    if (data.value === null) continue;
    const taken = take(context, channelId, entry, data.value);
    if (!taken.ok) return taken;
    received += 1;
  }
  return ok({ received, more: page.value.more && received > 0 });
}

/** All bytes of a segment; what came before a break is kept. Null when the server does not have it any more. */
async function download(
  { store, server }: TakeContext,
  { sha256, bytes: total }: SegmentEntryView,
): Promise<Result<Uint8Array | null, Failure>> {
  if (total > SEGMENT_LIMITS.segmentBytes) return err(invalid(sha256, "It is larger than a segment can be."));
  let have: Uint8Array = store.received.piece(sha256) ?? new Uint8Array();
  while (have.byteLength < total) {
    const piece = await server.fetch(sha256, have.byteLength);
    if (!piece.ok) return piece.error.code === "SYNC_NOT_FOUND" ? ok(null) : piece;
    if (piece.value.byteLength === 0) return err(invalid(sha256, "It ends before its length."));
    have = Buffer.concat([have, piece.value]);
    if (have.byteLength < total) {
      const kept = store.db.write("share.keep", sha256, () =>
        store.received.keepPiece(sha256, have, store.clock.now()),
      );
      if (!kept.ok) return kept;
    }
  }
  return ok(have);
}

function take(context: TakeContext, channelId: Ulid, entry: SegmentEntryView, data: Uint8Array): Result<void, Failure> {
  const { store } = context;
  const now = store.clock.now();
  const dropPieces = () =>
    store.db.write("share.keep", entry.sha256, () => store.received.dropPieces(entry.sha256, now - PIECES_KEPT_MS));
  const verified = verifySegment(data);
  const doubt = verified.ok ? doubtAbout(context, channelId, entry, verified.value) : verified.error.detail;
  if (!verified.ok || doubt !== null) {
    dropPieces();
    return err(invalid(channelId, doubt ?? ""));
  }
  const { header, readings } = verified.value;
  const { quantity, intervalMs } = header.channel;
  store.readings.registerChannel({ id: channelId, quantity, intervalMs }, { resolutionMs: header.resolutionMs });
  const replaced = store.readings.replaceDay(channelId, header.day, readings);
  if (!replaced.ok) return replaced;
  // After the readings: a crash in between takes the same day once more, which changes nothing.
  const noted = store.db.write("share.take", channelId, () =>
    store.received.put(toReceived(header, context.roster, store.received.find(channelId)?.firstAt ?? now)),
  );
  if (!noted.ok) return noted;
  const dropped = dropPieces();
  return dropped.ok ? ok(undefined) : dropped;
}

/** Why a segment that is whole and signed is still not what the server says, or not its signer's to make. */
function doubtAbout(
  { store, groupId, roster }: TakeContext,
  channelId: Ulid,
  entry: SegmentEntryView,
  { header, sha256 }: VerifiedSegment,
): string | null {
  const { owner, channel, sensor, epoch, seq, day } = header;
  const isEntry = sha256 === entry.sha256 && epoch === entry.epoch && seq === entry.seq && day === entry.day;
  if (!isEntry || channel.id !== channelId || header.groupId !== groupId) return "It is another than the server named.";
  const known = store.received.find(channelId);
  if (known !== null && known.owner.userId !== owner.userId) return "The channel belongs to another member.";
  const isSigner = roster.some(({ userId, publicKey }) => userId === owner.userId && publicKey === owner.publicKey);
  // Somebody who has left the group is in no list any more; his sensors stay what they were.
  if (!isSigner && known?.owner.publicKey !== owner.publicKey) return "Nobody here knows the key that signed it.";
  if (day > Math.floor(store.clock.now() / DAY_MS) + 1) return "Its day has not come yet.";
  if (sensor !== null && store.sensors.find(sensor.id) !== null) return "It claims to be a sensor of this workspace.";
  return null;
}

function toReceived(header: SegmentHeader, roster: readonly RosterEntry[], firstAt: number): ReceivedChannel {
  const { channel, sensor, owner, audience, resolution, epoch, seq } = header;
  const member = roster.find(({ publicKey }) => publicKey === owner.publicKey);
  const { userId, publicKey } = owner;
  return {
    ...channel,
    sensorId: sensor?.id ?? null,
    sensorName: sensor?.name ?? "",
    owner: { userId, name: member?.userName ?? owner.userName, publicKey },
    ...{ audience, resolution, epoch, seq, firstAt },
  };
}

function invalid(subject: string, detail: string): Failure {
  return syncFailure("SYNC_SEGMENT_INVALID", "sync.take", subject, `Shared readings were refused: ${detail}`);
}
