import {
  judgeOrder,
  type NewSegment,
  type SegmentHead,
  type SegmentLimits,
  type SegmentOutcome,
  type SegmentStore,
  type SegmentStoreFailure,
  type SegmentUpload,
} from "@ecolocal/core/series/segments";
import { DAY_MS, err, type Result } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import type { SqliteHandle } from "../sqlite/index.ts";

const UPLOAD_KEPT_MS = 2 * DAY_MS;

/** Shared readings of a hosted group; every commit reaches the disk before it is confirmed (`synchronous = full`). */
export function createHostedSegmentStore(handle: SqliteHandle): SegmentStore {
  const sql = prepareStatements(handle.sqlite);
  const attempt = async <T>(op: string, subject: string, work: () => T): Promise<Result<T, SegmentStoreFailure>> => {
    const done = handle.write(op, subject, work);
    if (done.ok) return done;
    const code = done.error.code === "STORAGE_FULL" ? "SYNC_STORE_FULL" : "SYNC_STORE_FAILED";
    return err({ code, op, subject, detail: done.error.detail, retry: "backoff" });
  };
  return {
    heads: (workspaceId) => attempt("segment.heads", workspaceId, () => sql.heads.all(workspaceId).map(toHead)),
    list: (workspaceId, channelId, { epoch, seq }, limit) =>
      attempt("segment.list", channelId, () => sql.after.all(workspaceId, channelId, epoch, seq, limit)),
    read: (workspaceId, sha256, at, length) =>
      attempt("segment.read", sha256, () => sql.piece.get(at + 1, length, workspaceId, sha256) ?? null),
    receive: (upload, at, piece, context) =>
      attempt("segment.receive", upload.sha256, () => receive(sql, upload, { at, piece }, context)),
    received: (upload) => attempt("segment.received", upload.sha256, () => sql.upload.get(upload) ?? null),
    discard: (upload) => attempt("segment.discard", upload.sha256, () => void sql.dropUpload.run(upload)),
    store: (segment, limits, now) => attempt("segment.store", segment.sha256, () => store(sql, segment, limits, now)),
    withdraw: (workspaceId, channelId, now) =>
      attempt("segment.withdraw", channelId, () => {
        if (sql.withdraw.run(now, workspaceId, channelId).changes === 0) return false;
        sql.dropSegments.run(workspaceId, channelId);
        return true;
      }),
  };
}

type Statements = ReturnType<typeof prepareStatements>;

interface ChannelRow {
  channelId: string;
  userId: string;
  audience: "group" | "public";
  epoch: number;
  seq: number;
  bytes: number;
  withdrawnAt: number | null;
  withdrawnEpoch: number;
}

function toHead({ bytes: _, withdrawnAt, ...row }: ChannelRow): SegmentHead {
  return { ...row, withdrawn: withdrawnAt !== null };
}

function receive(
  sql: Statements,
  upload: SegmentUpload,
  { at, piece }: { readonly at: number; readonly piece: Uint8Array },
  { now, openUploads }: { readonly now: number; readonly openUploads: number },
): number | null {
  const here = sql.upload.get(upload);
  const length = here?.byteLength ?? 0;
  if (at !== length) return length;
  if (here === undefined) {
    sql.dropOldUploads.run(now - UPLOAD_KEPT_MS);
    if ((sql.openUploads.get(upload) ?? 0) >= openUploads) return null;
  }
  sql.putUpload.run({ ...upload, now, data: Buffer.concat([here ?? new Uint8Array(), piece]) });
  return length + piece.byteLength;
}

function store(
  sql: Statements,
  segment: NewSegment,
  limits: Pick<SegmentLimits, "groupBytes" | "channelsPerMember">,
  now: number,
): SegmentOutcome {
  const { workspaceId, channelId, userId, sha256, day, bytes } = segment;
  const row = sql.head.get(workspaceId, channelId);
  const newest = sql.newest.get(workspaceId, channelId) ?? null;
  const refused = judgeOrder(segment, row === undefined ? null : toHead(row), newest);
  if (refused !== null) return refused;
  const growth = bytes - (sql.dayBytes.get(workspaceId, channelId, day) ?? 0);
  const isFull = (sql.usedBytes.get(workspaceId) ?? 0) + growth > limits.groupBytes;
  const isNew = row === undefined;
  if (isFull || (isNew && (sql.channelsOf.get(workspaceId, userId) ?? 0) >= limits.channelsPerMember)) {
    return { kind: "quota" };
  }
  sql.putSegment.run({ ...segment, now });
  sql.putHead.run({ ...segment, bytes: (row?.bytes ?? 0) + growth });
  sql.dropUpload.run({ workspaceId, userId, sha256 });
  return { kind: "stored" };
}

const CHANNEL =
  'channel_id AS "channelId", user_id AS "userId", audience, epoch, head_seq AS seq, bytes, withdrawn_at AS "withdrawnAt", withdrawn_epoch AS "withdrawnEpoch"';
const OF_UPLOAD = "workspace_id = @workspaceId AND user_id = @userId AND sha256 = @sha256";

function prepareStatements(db: Database) {
  const one = <T>(text: string) => db.prepare<unknown[], T>(text);
  return {
    heads: one<ChannelRow>(`SELECT ${CHANNEL} FROM segment_channels WHERE workspace_id = ? ORDER BY channel_id`),
    head: one<ChannelRow>(`SELECT ${CHANNEL} FROM segment_channels WHERE workspace_id = ? AND channel_id = ?`),
    after: one<{ sha256: string; epoch: number; seq: number; day: number; bytes: number }>(
      `SELECT sha256, epoch, seq, day, bytes FROM segments WHERE workspace_id = ? AND channel_id = ?
       AND (epoch, seq) > (?, ?) ORDER BY epoch, seq LIMIT ?`,
    ),
    piece: one<{ bytes: Uint8Array; total: number; audience: "group" | "public" }>(
      `SELECT substr(s.data, ?, ?) AS bytes, s.bytes AS total, c.audience FROM segments s
       JOIN segment_channels c ON c.workspace_id = s.workspace_id AND c.channel_id = s.channel_id
       WHERE s.workspace_id = ? AND s.sha256 = ?`,
    ),
    upload: one<Uint8Array>(`SELECT data FROM segment_uploads WHERE ${OF_UPLOAD}`).pluck(),
    openUploads: one<number>(
      "SELECT count(*) FROM segment_uploads WHERE workspace_id = @workspaceId AND user_id = @userId",
    ).pluck(),
    putUpload: one(
      `INSERT INTO segment_uploads (workspace_id, user_id, sha256, begun_at, data)
       VALUES (@workspaceId, @userId, @sha256, @now, @data)
       ON CONFLICT (workspace_id, user_id, sha256) DO UPDATE SET data = excluded.data`,
    ),
    dropUpload: one(`DELETE FROM segment_uploads WHERE ${OF_UPLOAD}`),
    dropOldUploads: one("DELETE FROM segment_uploads WHERE begun_at < ?"),
    newest: one<string>(
      "SELECT sha256 FROM segments WHERE workspace_id = ? AND channel_id = ? ORDER BY epoch DESC, seq DESC LIMIT 1",
    ).pluck(),
    dayBytes: one<number>("SELECT bytes FROM segments WHERE workspace_id = ? AND channel_id = ? AND day = ?").pluck(),
    usedBytes: one<number>("SELECT sum(bytes) FROM segment_channels WHERE workspace_id = ?").pluck(),
    channelsOf: one<number>("SELECT count(*) FROM segment_channels WHERE workspace_id = ? AND user_id = ?").pluck(),
    putSegment: one(
      `INSERT INTO segments (workspace_id, channel_id, day, epoch, seq, sha256, bytes, received_at, data)
       VALUES (@workspaceId, @channelId, @day, @epoch, @seq, @sha256, @bytes, @now, @data)
       ON CONFLICT (workspace_id, channel_id, day) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
         sha256 = excluded.sha256, bytes = excluded.bytes, received_at = excluded.received_at, data = excluded.data`,
    ),
    putHead: one(
      `INSERT INTO segment_channels (workspace_id, channel_id, user_id, device_id, audience, epoch, head_seq, bytes)
       VALUES (@workspaceId, @channelId, @userId, @deviceId, @audience, @epoch, @seq, @bytes)
       ON CONFLICT (workspace_id, channel_id) DO UPDATE SET device_id = excluded.device_id,
         audience = excluded.audience, epoch = excluded.epoch, head_seq = excluded.head_seq, bytes = excluded.bytes,
         withdrawn_at = NULL`,
    ),
    withdraw: one(
      "UPDATE segment_channels SET withdrawn_at = ?, withdrawn_epoch = epoch, bytes = 0 WHERE workspace_id = ? AND channel_id = ?",
    ),
    dropSegments: one("DELETE FROM segments WHERE workspace_id = ? AND channel_id = ?"),
  };
}
