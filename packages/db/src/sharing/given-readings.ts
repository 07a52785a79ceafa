import type { Audience, SharedResolution } from "@ecolocal/core/community";
import type { Instant, Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import type { SqliteHandle } from "../sqlite/index.ts";

/** What of an own channel others get. */
export interface GivenChannel {
  readonly channelId: Ulid;
  readonly audience: Audience;
  readonly resolution: SharedResolution;
  /** First day that is shared; days since 1970-01-01, UTC. */
  readonly sinceDay: number;
  readonly epoch: number;
  /** Number of the next segment in this epoch. */
  readonly nextSeq: number;
  /** The server is still to be asked to delete what an earlier level has sent. */
  readonly toDelete: boolean;
  /** Why the server does not take its segments; null while it does. */
  readonly refusedCode: string | null;
}

/** Days of a channel that the server has. */
export interface SentDays {
  readonly days: number;
  readonly readings: number;
  readonly bytes: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

export interface WaitingDay {
  readonly day: number;
  /** How often the day has changed since it was sent; 0 once it is. */
  readonly changes: number;
  readonly revision: number;
  /** Null for a day that the server does not have. */
  readonly sentAt: Instant | null;
  /** What the server has of it; null for a day that it does not have. */
  readonly sentReadings: number | null;
}

/** A segment on its way, with what it completes once the server has confirmed it. */
export interface Outgoing {
  readonly channelId: Ulid;
  readonly day: number;
  readonly changes: number;
  readonly readings: number;
  readonly sha256: string;
  readonly data: Uint8Array;
}

/** What others get of this workspace's readings and how far that has come. Writes belong inside `handle.write`. */
export interface GivenReadings {
  find(channelId: Ulid): GivenChannel | null;
  /** Channels that were ever shared. */
  list(): GivenChannel[];
  /** Begins to number anew, at a level of sharing: every day that is named waits to be sent. */
  begin(channel: Omit<GivenChannel, "nextSeq" | "refusedCode">, days: readonly number[]): void;
  /** The server has deleted what it had. */
  deleted(channelId: Ulid): void;
  refuse(channelId: Ulid, code: string | null): void;
  sent(channelId: Ulid): SentDays | null;
  /** Oldest first. */
  waiting(channelId: Ulid): WaitingDay[];
  sentDays(channelId: Ulid): number[];
  outgoing(channelId: Ulid): Outgoing | null;
  /** Keeps a segment until the server has confirmed it: after a crash the very same bytes are sent. */
  send(outgoing: Outgoing): void;
  /** The server has confirmed what was on its way. */
  confirm(channelId: Ulid, at: Instant): void;
  /** Forgets every level: the workspace belongs to another group, or to none. */
  reset(): void;
  /** A day that has nothing to send: the server keeps what it may have of it. */
  skip(channelId: Ulid, day: number): void;
}

export function givenReadings(handle: SqliteHandle): GivenReadings {
  const sql = prepareStatements(handle.sqlite);
  return {
    find: (channelId) => toGiven(sql.find.get(channelId)),
    list: () => sql.list.all().flatMap((row) => toGiven(row) ?? []),
    begin({ channelId, audience, resolution, sinceDay, epoch, toDelete }, days) {
      sql.dropOutbox.run(channelId);
      sql.unwait.run(channelId);
      sql.put.run({ channelId, audience, resolution, sinceDay, epoch, toDelete: toDelete ? 1 : 0 });
      for (const day of days) sql.wait.run(channelId, day);
    },
    deleted(channelId) {
      sql.deleted.run(channelId);
      sql.unsend.run(channelId);
      sql.dropIdle.run(channelId);
    },
    refuse: (channelId, code) => void sql.refuse.run(code, channelId),
    sent(channelId) {
      const row = sql.sent.get(channelId);
      return row === undefined || row.days === 0 ? null : row;
    },
    waiting: (channelId) => sql.waiting.all(channelId),
    sentDays: (channelId) => sql.sentDays.all(channelId),
    outgoing: (channelId) => sql.outbox.get(channelId) ?? null,
    send: (outgoing) => void sql.putOutbox.run(outgoing),
    confirm(channelId, at) {
      const outgoing = sql.outbox.get(channelId);
      if (outgoing === undefined) return;
      const { day, changes, readings, data } = outgoing;
      sql.confirmDay.run({ channelId, day, changes, readings, bytes: data.byteLength, at });
      sql.advance.run(channelId);
      sql.dropOutbox.run(channelId);
    },
    reset() {
      for (const statement of sql.reset) statement.run();
    },
    skip(channelId, day) {
      sql.skip.run(channelId, day);
      sql.dropIdle.run(channelId);
    },
  };
}

interface GivenRow extends Omit<GivenChannel, "toDelete"> {
  readonly toDelete: number;
}

function toGiven(row: GivenRow | undefined): GivenChannel | null {
  return row === undefined ? null : { ...row, toDelete: row.toDelete !== 0 };
}

const CHANNEL = `channel_id AS "channelId", audience, resolution, since_day AS "sinceDay", epoch, next_seq AS "nextSeq",
  to_delete AS "toDelete", refused_code AS "refusedCode"`;

function prepareStatements(db: Database) {
  const one = <T>(text: string) => db.prepare<unknown[], T>(text);
  return {
    find: one<GivenRow>(`SELECT ${CHANNEL} FROM shared_channels WHERE channel_id = ?`),
    list: one<GivenRow>(`SELECT ${CHANNEL} FROM shared_channels ORDER BY channel_id`),
    put: one(
      `INSERT INTO shared_channels (channel_id, audience, resolution, since_day, epoch, next_seq, to_delete)
       VALUES (@channelId, @audience, @resolution, @sinceDay, @epoch, 1, @toDelete)
       ON CONFLICT (channel_id) DO UPDATE SET audience = excluded.audience, resolution = excluded.resolution,
         since_day = excluded.since_day, epoch = excluded.epoch, next_seq = 1, to_delete = excluded.to_delete,
         refused_code = NULL`,
    ),
    wait: one(
      `INSERT INTO shared_days (channel_id, day, changes) VALUES (?, ?, 1)
       ON CONFLICT (channel_id, day) DO UPDATE SET changes = changes + 1`,
    ),
    unwait: one("UPDATE shared_days SET changes = 0 WHERE channel_id = ?"),
    deleted: one("UPDATE shared_channels SET to_delete = 0 WHERE channel_id = ?"),
    unsend: one("UPDATE shared_days SET sent_readings = NULL, sent_bytes = NULL, sent_at = NULL WHERE channel_id = ?"),
    dropIdle: one("DELETE FROM shared_days WHERE channel_id = ? AND changes = 0 AND sent_at IS NULL"),
    refuse: one("UPDATE shared_channels SET refused_code = ? WHERE channel_id = ?"),
    sent: one<SentDays>(
      `SELECT count(*) AS days, coalesce(sum(sent_readings), 0) AS readings, coalesce(sum(sent_bytes), 0) AS bytes,
         min(day) AS "firstDay", max(day) AS "lastDay"
       FROM shared_days WHERE channel_id = ? AND sent_readings > 0`,
    ),
    waiting: one<WaitingDay>(
      `SELECT day, changes, revision, sent_at AS "sentAt", sent_readings AS "sentReadings"
       FROM shared_days WHERE channel_id = ? AND changes > 0 ORDER BY day`,
    ),
    sentDays: one<number>(
      "SELECT day FROM shared_days WHERE channel_id = ? AND sent_at IS NOT NULL ORDER BY day",
    ).pluck(),
    outbox: one<Outgoing>(
      `SELECT channel_id AS "channelId", day, changes, readings, sha256, data FROM shared_outbox WHERE channel_id = ?`,
    ),
    putOutbox: one(
      `INSERT INTO shared_outbox (channel_id, day, changes, readings, sha256, data)
       VALUES (@channelId, @day, @changes, @readings, @sha256, @data)`,
    ),
    dropOutbox: one("DELETE FROM shared_outbox WHERE channel_id = ?"),
    // What has changed while the segment was on its way waits on.
    confirmDay: one(
      `UPDATE shared_days SET changes = max(0, changes - @changes), revision = revision + 1, sent_readings = @readings,
         sent_bytes = @bytes, sent_at = @at WHERE channel_id = @channelId AND day = @day`,
    ),
    advance: one("UPDATE shared_channels SET next_seq = next_seq + 1, refused_code = NULL WHERE channel_id = ?"),
    reset: ["shared_channels", "shared_days", "shared_outbox"].map((table) => one(`DELETE FROM ${table}`)),
    skip: one("UPDATE shared_days SET changes = 0 WHERE channel_id = ? AND day = ?"),
  };
}
