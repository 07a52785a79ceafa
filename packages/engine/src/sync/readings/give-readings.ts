import { SEGMENT_LIMITS } from "@ecolocal/core/series/segments";
import { DAY_MS, err, type Failure, MINUTE_MS, ok, type Result } from "@ecolocal/core/shared";
import type { GivenChannel, Outgoing } from "@ecolocal/db/sharing";
import { segmentName } from "@ecolocal/sync/client";
import type { Store } from "../../store/index.ts";
import type { SegmentHeadView, ServerSegments } from "../server-segments.ts";
import { isPassing, type SyncFailure } from "../sync-failure.ts";
import { makeSegment, type SegmentAuthor } from "./make-segment.ts";

export interface GiveContext {
  readonly store: Store;
  readonly server: ServerSegments;
  readonly author: SegmentAuthor;
  readonly signal: AbortSignal;
  /** Sends today's readings whenever they were sent last, and tries again what was refused. */
  readonly isComplete: boolean;
  /** Segments in one go; the rest comes with the next. */
  readonly atMost: number;
}

export interface Given {
  readonly sent: number;
  /** Something is left that could be sent at once. */
  readonly more: boolean;
}

/** A day that still goes on is sent this often: each time travels whole. */
const TODAY_EVERY_MS = 15 * MINUTE_MS;

/** Asks the server to delete what is no longer shared; before anything else is sent. */
export async function takeBack({
  store,
  server,
}: Pick<GiveContext, "store" | "server">): Promise<Result<number, Failure>> {
  let deleted = 0;
  for (const { channelId, toDelete } of store.given.list()) {
    if (!toDelete) continue;
    const done = await server.withdraw(channelId);
    if (!done.ok) return done;
    const noted = store.db.write("share.takeBack", channelId, () => store.given.deleted(channelId));
    if (!noted.ok) return noted;
    deleted += 1;
  }
  return ok(deleted);
}

/**
 * Sends what of the shared channels the server lacks, oldest day first. What was sent counts as sent only once the server
 * has confirmed it; a server that has lost something, or knows more than this device, gets everything numbered anew.
 */
export async function giveReadings(
  context: GiveContext,
  heads: readonly SegmentHeadView[],
): Promise<Result<Given, Failure>> {
  const { store, isComplete } = context;
  const headOf = new Map(heads.map((head) => [head.channelId, head]));
  let sent = 0;
  for (const { channelId, audience, toDelete, refusedCode } of store.given.list()) {
    if (audience === "none" || toDelete || (refusedCode !== null && !isComplete)) continue;
    const checked = checkHead(store, channelId, headOf.get(channelId));
    if (!checked.ok) return checked;
    const given = await giveChannel({ ...context, atMost: context.atMost - sent }, channelId);
    if (!given.ok) return given;
    sent += given.value.sent;
    if (given.value.more) return ok({ sent, more: true });
  }
  return ok({ sent, more: false });
}

async function giveChannel(context: GiveContext, channelId: string): Promise<Result<Given, Failure>> {
  let sent = 0;
  // Numbered anew once is right; twice in a row somebody else sends the same channel.
  for (let renumbered = 0; renumbered < 2; ) {
    if (context.signal.aborted || sent >= context.atMost) return ok({ sent, more: true });
    const step = await giveNext(context, channelId);
    if (!step.ok) return step;
    if (step.value === "stored") sent += 1;
    else if (step.value === "renumbered") renumbered += 1;
    else break;
  }
  return ok({ sent, more: false });
}

type Sending = "stored" | "renumbered";

async function giveNext(
  context: GiveContext,
  channelId: string,
): Promise<Result<Sending | "refused" | "nothing", Failure>> {
  const next = nextSegment(context, channelId);
  if (!next.ok) return next;
  if (next.value === null) return ok("nothing");
  const done = await send(context, next.value);
  if (done.ok) return done;
  const failure = refuse(context.store, channelId, done.error);
  return failure === null ? ok("refused") : err(failure);
}

/** Null where the channel cannot go on but others can. */
function refuse(store: Store, channelId: string, failure: Failure): Failure | null {
  if (isPassing(failure) || failure.code.startsWith("STORAGE_") || !CHANNEL_TROUBLE.has(failure.code)) return failure;
  const noted = store.db.write("share.refuse", channelId, () => store.given.refuse(channelId, failure.code));
  return noted.ok ? null : noted.error;
}

/** Refusals that are about one channel. */
const CHANNEL_TROUBLE: ReadonlySet<string> = new Set([
  "SYNC_ROLE_INSUFFICIENT",
  "SYNC_SEGMENT_FOREIGN",
  "SYNC_SEGMENT_INVALID",
  "SYNC_SEGMENT_QUOTA",
  "SYNC_TOO_LARGE",
]);

/** What is on its way, or else the oldest day that is due; null when there is nothing to do now. */
function nextSegment({ store, author, isComplete }: GiveContext, channelId: string): Result<Outgoing | null, Failure> {
  const waiting = store.given.outgoing(channelId);
  if (waiting !== null) return ok(waiting);
  const given = store.given.find(channelId);
  const channel = store.channels.find(channelId);
  if (given === null || channel === null || given.audience === "none" || given.toDelete) return ok(null);
  const now = store.clock.now();
  const today = Math.floor(now / DAY_MS);
  for (const { day, changes, revision, sentAt, sentReadings } of store.given.waiting(channelId)) {
    const isDue = day < today || isComplete || sentAt === null || Math.abs(now - sentAt) >= TODAY_EVERY_MS;
    if (!isDue) continue;
    const { audience, epoch, nextSeq: seq } = given;
    const place = { audience, epoch, seq, day, revision: revision + 1 };
    const { data, readings, stored } = makeSegment(store, channel, given.resolution, place, author);
    // Readings go only by retention: what it has dropped here stays with the others, also when one more comes late.
    const isDropped = stored < Math.max(1, sentReadings ?? 0);
    const hasNothing = isDropped || (readings === 0 && sentAt === null);
    const outgoing = { channelId, day, changes, readings, sha256: segmentName(data), data };
    const kept = store.db.write("share.send", channelId, () =>
      hasNothing ? store.given.skip(channelId, day) : store.given.send(outgoing),
    );
    if (!kept.ok) return kept;
    if (!hasNothing) return ok(outgoing);
  }
  return ok(null);
}

async function send(
  { store, server }: GiveContext,
  { channelId, sha256, data }: Outgoing,
): Promise<Result<Sending, Failure>> {
  const total = data.byteLength;
  let at = 0;
  for (let turn = 0; turn <= MOST_TURNS; turn++) {
    const answer = await server.put(sha256, { at, total, bytes: data.subarray(at, at + SEGMENT_LIMITS.pieceBytes) });
    if (!answer.ok) return answer;
    if (answer.value.state === "partial") {
      at = Math.min(answer.value.received, total);
      continue;
    }
    if (answer.value.state === "stale") {
      const anew = renumber(store, channelId, answer.value.epoch);
      return anew.ok ? ok("renumbered") : anew;
    }
    // The level may have been changed meanwhile; then there is nothing to confirm, and the server will be asked to delete.
    const confirmed = store.db.write("share.confirm", channelId, () => {
      if (store.given.outgoing(channelId)?.sha256 === sha256) store.given.confirm(channelId, store.clock.now());
    });
    return confirmed.ok ? ok("stored") : confirmed;
  }
  return err(noProgress(channelId));
}

const MOST_TURNS = 64;

/** A server that is not where we left it does not have what we believe it has. */
function checkHead(store: Store, channelId: string, head: SegmentHeadView | undefined): Result<void, Failure> {
  const given = store.given.find(channelId);
  if (given === null || store.given.outgoing(channelId) !== null) return ok(undefined);
  const isSame = head !== undefined && head.epoch === given.epoch && head.seq === given.nextSeq - 1 && !head.withdrawn;
  return isSame || given.nextSeq === 1 ? ok(undefined) : renumber(store, channelId, head?.epoch ?? 0);
}

function renumber(store: Store, channelId: string, serverEpoch: number): Result<void, Failure> {
  const given = store.given.find(channelId);
  if (given === null) return ok(undefined);
  return store.db.write("share.renumber", channelId, () => beginAnew(store, given, serverEpoch));
}

function beginAnew({ given }: Store, channel: GivenChannel, serverEpoch: number): void {
  const { channelId } = channel;
  const days = new Set([...given.sentDays(channelId), ...given.waiting(channelId).map(({ day }) => day)]);
  const outgoing = given.outgoing(channelId);
  if (outgoing !== null) days.add(outgoing.day);
  given.begin(
    { ...channel, epoch: Math.max(channel.epoch, serverEpoch) + 1 },
    [...days].sort((a, b) => a - b),
  );
}

function noProgress(channelId: string): SyncFailure {
  const detail = "The server keeps asking for the same piece of readings.";
  return { code: "SYNC_SERVER_INVALID", op: "sync.share", subject: channelId, detail, retry: "after-change" };
}
