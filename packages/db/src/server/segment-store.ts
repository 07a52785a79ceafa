import {
  judgeOrder,
  type NewSegment,
  type SegmentEntry,
  type SegmentHead,
  type SegmentLimits,
  type SegmentOutcome,
  type SegmentPiece,
  type SegmentStore,
  type SegmentStoreFailure,
  type SegmentUpload,
} from "@ecolocal/core/series/segments";
import { DAY_MS, err, ok, type Result } from "@ecolocal/core/shared";
import { type Kysely, sql, type Transaction } from "kysely";
import type { ServerTables } from "./schema.ts";
import { storeFailure } from "./store-failure.ts";

/** An upload that nobody goes on with is dropped after this. */
const UPLOAD_KEPT_MS = 2 * DAY_MS;

type Db = Kysely<ServerTables>;

/** Shared readings on PostgreSQL or PGlite, beside the documents; the database stays its owner's to close. */
export function createServerSegmentStore(db: Db): SegmentStore {
  const attempt = async <T>(
    op: string,
    subject: string,
    work: () => Promise<T>,
  ): Promise<Result<T, SegmentStoreFailure>> => {
    try {
      return ok(await work());
    } catch (cause) {
      return err(storeFailure(op, subject, cause));
    }
  };
  const inOne = <T>(op: string, subject: string, work: (trx: Transaction<ServerTables>) => Promise<T>) =>
    attempt(op, subject, () => db.transaction().execute(work));
  return {
    heads: (workspaceId) => attempt("segment.heads", workspaceId, () => heads(db, workspaceId)),
    list: (workspaceId, channelId, after, limit) =>
      attempt("segment.list", channelId, () => listAfter(db, [workspaceId, channelId], after, limit)),
    read: (workspaceId, sha256, at, length) =>
      attempt("segment.read", sha256, () => readPiece(db, [workspaceId, sha256], at, length)),
    receive: (upload, at, piece, context) =>
      inOne("segment.receive", upload.sha256, (trx) => receive(trx, upload, { at, piece }, context)),
    received: (upload) => attempt("segment.received", upload.sha256, () => received(db, upload)),
    discard: (upload) =>
      attempt("segment.discard", upload.sha256, async () => void (await uploads(db, upload).execute())),
    store: (segment, limits, now) => inOne("segment.store", segment.sha256, (trx) => store(trx, segment, limits, now)),
    withdraw: (workspaceId, channelId, now) =>
      inOne("segment.withdraw", channelId, (trx) => withdraw(trx, [workspaceId, channelId], now)),
  };
}

async function heads(db: Db, workspaceId: string): Promise<SegmentHead[]> {
  const rows = await db
    .selectFrom("segment_channels")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("channel_id")
    .execute();
  return rows.map(toHead);
}

function toHead(row: {
  readonly channel_id: string;
  readonly user_id: string;
  readonly audience: "group" | "public";
  readonly epoch: number;
  readonly head_seq: number;
  readonly withdrawn_at: Date | null;
  readonly withdrawn_epoch: number;
}): SegmentHead {
  const { channel_id: channelId, user_id: userId, audience, epoch, head_seq: seq, withdrawn_at: at } = row;
  const withdrawnEpoch = row.withdrawn_epoch;
  return { channelId, userId, audience, epoch, seq: Number(seq), withdrawn: at !== null, withdrawnEpoch };
}

async function listAfter(
  db: Db,
  [workspaceId, channelId]: readonly [string, string],
  after: { readonly epoch: number; readonly seq: number },
  limit: number,
): Promise<SegmentEntry[]> {
  const rows = await db
    .selectFrom("segments")
    .select(["sha256", "epoch", "seq", "day", "bytes"])
    .where("workspace_id", "=", workspaceId)
    .where("channel_id", "=", channelId)
    .where(sql<boolean>`(epoch, seq) > (${after.epoch}::integer, ${after.seq}::bigint)`)
    .orderBy("epoch")
    .orderBy("seq")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

async function readPiece(
  db: Db,
  [workspaceId, sha256]: readonly [string, string],
  at: number,
  length: number,
): Promise<SegmentPiece | null> {
  const row = await db
    .selectFrom("segments")
    .innerJoin("segment_channels", (join) =>
      join
        .onRef("segment_channels.workspace_id", "=", "segments.workspace_id")
        .onRef("segment_channels.channel_id", "=", "segments.channel_id"),
    )
    .select(["segments.bytes as total", "segment_channels.audience as audience"])
    .select(sql<Uint8Array>`substring(segments.data from ${at + 1}::integer for ${length}::integer)`.as("bytes"))
    .where("segments.workspace_id", "=", workspaceId)
    .where("segments.sha256", "=", sha256)
    .executeTakeFirst();
  return row ?? null;
}

function uploads(db: Db, { workspaceId, userId, sha256 }: SegmentUpload) {
  return db
    .deleteFrom("segment_uploads")
    .where("workspace_id", "=", workspaceId)
    .where("user_id", "=", userId)
    .where("sha256", "=", sha256);
}

async function receive(
  trx: Transaction<ServerTables>,
  { workspaceId, userId, sha256 }: SegmentUpload,
  { at, piece }: { readonly at: number; readonly piece: Uint8Array },
  { now, openUploads }: { readonly now: number; readonly openUploads: number },
): Promise<number | null> {
  const ofMember = trx
    .selectFrom("segment_uploads")
    .where("workspace_id", "=", workspaceId)
    .where("user_id", "=", userId);
  const found = await ofMember
    .select(sql<number>`length(data)`.as("length"))
    .where("sha256", "=", sha256)
    .forUpdate()
    .executeTakeFirst();
  const length = Number(found?.length ?? 0);
  if (at !== length) return length;
  if (found === undefined) {
    await inTurn(trx, `segment uploads ${workspaceId} ${userId}`);
    await trx
      .deleteFrom("segment_uploads")
      .where("begun_at", "<", new Date(now - UPLOAD_KEPT_MS))
      .execute();
    const open = await ofMember.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow();
    if (Number(open.n) >= openUploads) return null;
  }
  const row = { workspace_id: workspaceId, user_id: userId, sha256, data: piece, begun_at: new Date(now) };
  await trx
    .insertInto("segment_uploads")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["workspace_id", "user_id", "sha256"])
        .doUpdateSet({ data: sql`segment_uploads.data || excluded.data` }),
    )
    .execute();
  return length + piece.byteLength;
}

/** Until the transaction ends, others with this name wait: what both would count before adding to it stays in bounds. */
async function inTurn(trx: Transaction<ServerTables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}

async function received(db: Db, { workspaceId, userId, sha256 }: SegmentUpload): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom("segment_uploads")
    .select("data")
    .where("workspace_id", "=", workspaceId)
    .where("user_id", "=", userId)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  return row?.data ?? null;
}

async function store(
  trx: Transaction<ServerTables>,
  segment: NewSegment,
  limits: Pick<SegmentLimits, "groupBytes" | "channelsPerMember">,
  now: number,
): Promise<SegmentOutcome> {
  const { workspaceId, channelId, userId, deviceId, audience, epoch, seq, day, sha256, bytes, data } = segment;
  const channels = trx.selectFrom("segment_channels").where("workspace_id", "=", workspaceId);
  const row = await channels.selectAll().where("channel_id", "=", channelId).forUpdate().executeTakeFirst();
  const ofChannel = trx
    .selectFrom("segments")
    .where("workspace_id", "=", workspaceId)
    .where("channel_id", "=", channelId);
  const newest = await ofChannel.select("sha256").orderBy("epoch", "desc").orderBy("seq", "desc").executeTakeFirst();
  const refused = judgeOrder(segment, row === undefined ? null : toHead(row), newest?.sha256 ?? null);
  if (refused !== null) return refused;
  await inTurn(trx, `segment quota ${workspaceId}`);
  const replaced = await ofChannel.select("bytes").where("day", "=", day).executeTakeFirst();
  const growth = bytes - (replaced?.bytes ?? 0);
  const used = await channels.select((eb) => eb.fn.sum<number>("bytes").as("bytes")).executeTakeFirst();
  const own = await channels
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("user_id", "=", userId)
    .executeTakeFirst();
  const isFull = Number(used?.bytes ?? 0) + growth > limits.groupBytes;
  if (isFull || (row === undefined && Number(own?.n ?? 0) >= limits.channelsPerMember)) return { kind: "quota" };
  await trx
    .insertInto("segments")
    .values({
      workspace_id: workspaceId,
      channel_id: channelId,
      day,
      epoch,
      seq,
      sha256,
      bytes,
      data,
      received_at: new Date(now),
    })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "channel_id", "day"]).doUpdateSet((eb) => ({
        epoch: eb.ref("excluded.epoch"),
        seq: eb.ref("excluded.seq"),
        sha256: eb.ref("excluded.sha256"),
        bytes: eb.ref("excluded.bytes"),
        data: eb.ref("excluded.data"),
        received_at: eb.ref("excluded.received_at"),
      })),
    )
    .execute();
  const head = { device_id: deviceId, audience, epoch, head_seq: seq, bytes: Number(row?.bytes ?? 0) + growth };
  await trx
    .insertInto("segment_channels")
    .values({ workspace_id: workspaceId, channel_id: channelId, user_id: userId, withdrawn_at: null, ...head })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "channel_id"]).doUpdateSet({ ...head, withdrawn_at: null }),
    )
    .execute();
  await uploads(trx, { workspaceId, userId, sha256 }).execute();
  return { kind: "stored" };
}

async function withdraw(
  trx: Transaction<ServerTables>,
  [workspaceId, channelId]: readonly [string, string],
  now: number,
): Promise<boolean> {
  const marked = await trx
    .updateTable("segment_channels")
    .set((eb) => ({ withdrawn_at: new Date(now), withdrawn_epoch: eb.ref("epoch"), bytes: 0 }))
    .where("workspace_id", "=", workspaceId)
    .where("channel_id", "=", channelId)
    .executeTakeFirst();
  if (marked.numUpdatedRows === 0n) return false;
  await trx
    .deleteFrom("segments")
    .where("workspace_id", "=", workspaceId)
    .where("channel_id", "=", channelId)
    .execute();
  return true;
}
