import type { Channel } from "@ecolocal/core/sensing";
import { isQuantity, type QuantitySpec, quantitySpec, type Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";

/** What the store keeps about a channel. */
export interface Series {
  readonly id: number;
  readonly channelId: Ulid;
  readonly quantity: string;
  /** Usual number of decimals; sums are kept in units of 10^-decimals. */
  readonly decimals: number;
  readonly intervalMs: number;
  /** Timestamps are cut to multiples of this: 1000, or 1 where a channel asked for milliseconds. */
  readonly resolutionMs: number;
  /** How values combine over time. */
  readonly kind: QuantitySpec["kind"];
  /** Values outside are flagged `out_of_range`. */
  readonly plausible: readonly [min: number, max: number];
}

export interface RegisterOptions {
  /** 1 keeps milliseconds, which cost more than the values themselves; default 1000. */
  readonly resolutionMs?: 1 | 1000;
}

/** The parts of a channel that storage depends on. */
export type StoredChannel = Pick<Channel, "id" | "quantity" | "intervalMs">;

export interface SeriesRegistry {
  find(channelId: Ulid): Series | undefined;
  byId(id: number): Series | undefined;
  all(): readonly Series[];
  register(channel: StoredChannel, options?: RegisterOptions): Series;
  /** Forgets what was read, after another connection wrote or a transaction was rolled back. */
  reload(): void;
}

interface SeriesRow {
  id: number;
  channel_id: string;
  quantity: string;
  decimals: number;
  interval_ms: number;
  resolution_ms: number;
}

/** Channels by id and by the small integer under which their readings are filed. */
export function createSeriesRegistry(db: Database, now: () => number): SeriesRegistry {
  const select = db.prepare(
    "SELECT id, channel_id, quantity, decimals, interval_ms, resolution_ms FROM reading_series",
  );
  let byChannel: Map<string, Series> | null = null;
  let byId = new Map<number, Series>();

  const load = (): Map<string, Series> => {
    if (!byChannel) {
      const rows = (select.all() as SeriesRow[]).map(toSeries);
      byChannel = new Map(rows.map((series) => [series.channelId, series]));
      byId = new Map(rows.map((series) => [series.id, series]));
    }
    return byChannel;
  };

  return {
    find: (channelId) => load().get(channelId),
    byId(id) {
      load();
      return byId.get(id);
    },
    all: () => [...load().values()],
    register(channel, options = {}) {
      const decimals = isQuantity(channel.quantity) ? quantitySpec(channel.quantity).decimals : 3;
      const intervalMs = Math.max(1, Math.round(channel.intervalMs));
      // The time resolution of a channel is fixed by its first registration: stored chunks count in it.
      db.prepare(
        `INSERT INTO reading_series (channel_id, quantity, decimals, interval_ms, resolution_ms, registered_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (channel_id) DO UPDATE SET quantity = excluded.quantity, interval_ms = excluded.interval_ms`,
      ).run(channel.id, channel.quantity, decimals, intervalMs, options.resolutionMs ?? 1000, now());
      byChannel = null;
      const series = load().get(channel.id);
      if (!series) {
        throw new TypeError(`A channel must have a text id to be registered, got ${String(channel.id)}.`);
      }
      return series;
    },
    reload() {
      byChannel = null;
    },
  };
}

function toSeries(row: SeriesRow): Series {
  return {
    id: row.id,
    channelId: row.channel_id,
    quantity: row.quantity,
    decimals: row.decimals,
    intervalMs: row.interval_ms,
    resolutionMs: row.resolution_ms,
    kind: isQuantity(row.quantity) ? quantitySpec(row.quantity).kind : "gauge",
    plausible: isQuantity(row.quantity)
      ? quantitySpec(row.quantity).plausible
      : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  };
}
