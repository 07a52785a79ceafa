import type { Channel } from "@ecolocal/core/sensing";
import type { SegmentHeader } from "@ecolocal/core/series/segments";
import type { Instant, Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import type { SqliteHandle } from "../sqlite/index.ts";

/** A channel of another member, as the newest of its segments describes it. */
export interface ReceivedChannel extends Channel {
  /** Empty for channels without a sensor. */
  readonly sensorName: string;
  readonly owner: {
    readonly userId: string;
    readonly name: string;
    /** Of the device that signs, Ed25519, base64url. */
    readonly publicKey: string;
  };
  readonly audience: SegmentHeader["audience"];
  readonly resolution: SegmentHeader["resolution"];
  /** Up to where its segments were taken. */
  readonly epoch: number;
  readonly seq: number;
  /** When the first of them came. */
  readonly firstAt: Instant;
}

/** Readings that others share with us, apart from our own: for reading only. Writes belong inside `handle.write`. */
export interface ReceivedReadings {
  find(channelId: Ulid): ReceivedChannel | null;
  /** In the order in which they came. */
  list(): ReceivedChannel[];
  put(channel: ReceivedChannel): void;
  remove(channelId: Ulid): void;
  /** What has come of a segment so far. */
  piece(sha256: string): Uint8Array | null;
  keepPiece(sha256: string, data: Uint8Array, at: Instant): void;
  /** Forgets pieces of a segment, and any that nobody has gone on with since an instant. */
  dropPieces(sha256: string, olderThan: Instant): void;
}

export function receivedReadings(handle: SqliteHandle): ReceivedReadings {
  const sql = prepareStatements(handle.sqlite);
  return {
    find(channelId) {
      const row = sql.find.get(channelId);
      return row === undefined ? null : toChannel(row);
    },
    list: () => sql.list.all().map(toChannel),
    put({ owner, ...channel }) {
      const { userId, name: userName, publicKey } = owner;
      sql.put.run({ ...channel, userId, userName, publicKey });
    },
    remove: (channelId) => void sql.remove.run(channelId),
    piece: (sha256) => sql.piece.get(sha256) ?? null,
    keepPiece: (sha256, data, at) => void sql.keepPiece.run(sha256, at, data),
    dropPieces: (sha256, olderThan) => void sql.dropPieces.run(sha256, olderThan),
  };
}

interface Row extends Omit<ReceivedChannel, "owner" | "id"> {
  readonly id: Ulid;
  readonly userId: string;
  readonly userName: string;
  readonly publicKey: string;
}

function toChannel({ userId, userName: name, publicKey, ...channel }: Row): ReceivedChannel {
  return { ...channel, owner: { userId, name, publicKey } };
}

const COLUMNS = `channel_id AS id, sensor_id AS "sensorId", sensor_name AS "sensorName", quantity, key, place, exposure,
  interval_ms AS "intervalMs", user_id AS "userId", user_name AS "userName", public_key AS "publicKey", audience,
  resolution, epoch, seq, first_at AS "firstAt"`;

function prepareStatements(db: Database) {
  const one = <T>(text: string) => db.prepare<unknown[], T>(text);
  return {
    find: one<Row>(`SELECT ${COLUMNS} FROM received_channels WHERE channel_id = ?`),
    list: one<Row>(`SELECT ${COLUMNS} FROM received_channels ORDER BY first_at, channel_id`),
    put: one(
      `INSERT INTO received_channels (channel_id, sensor_id, sensor_name, quantity, key, place, exposure, interval_ms,
         user_id, user_name, public_key, audience, resolution, epoch, seq, first_at)
       VALUES (@id, @sensorId, @sensorName, @quantity, @key, @place, @exposure, @intervalMs, @userId, @userName,
         @publicKey, @audience, @resolution, @epoch, @seq, @firstAt)
       ON CONFLICT (channel_id) DO UPDATE SET sensor_id = excluded.sensor_id, sensor_name = excluded.sensor_name,
         quantity = excluded.quantity, key = excluded.key, place = excluded.place, exposure = excluded.exposure,
         interval_ms = excluded.interval_ms, user_id = excluded.user_id, user_name = excluded.user_name,
         public_key = excluded.public_key, audience = excluded.audience, resolution = excluded.resolution,
         epoch = excluded.epoch, seq = excluded.seq`,
    ),
    remove: one("DELETE FROM received_channels WHERE channel_id = ?"),
    piece: one<Uint8Array>("SELECT data FROM received_pieces WHERE sha256 = ?").pluck(),
    keepPiece: one(
      `INSERT INTO received_pieces (sha256, at, data) VALUES (?, ?, ?)
       ON CONFLICT (sha256) DO UPDATE SET at = excluded.at, data = excluded.data`,
    ),
    dropPieces: one("DELETE FROM received_pieces WHERE sha256 = ? OR at < ?"),
  };
}
