import { DAY_MS } from "@ecolocal/core/shared";
import { dayOfBlock } from "./block-id.ts";
import { type DecodedChunk, decodeChunk, decodeTimes } from "./codec/chunk-codec.ts";
import { crc32 } from "./codec/compression.ts";
import { giveBack } from "./codec/memory.ts";
import type { TimeRuns } from "./codec/time-runs.ts";
import type { DamageLog } from "./damage.ts";
import type { Series } from "./series-registry.ts";

/** A sealed block as it lies in its table. */
export interface BlockRow {
  readonly id: number;
  readonly days: number;
  readonly n: number;
  readonly first_at: number;
  readonly last_at: number;
  readonly codec: number;
  readonly crc: number;
  readonly data: Uint8Array;
}

/** Checksum of a block: its bytes and the header columns that say how to read them. */
export function blockCrc(data: Uint8Array, codec: number, n: number, firstAt: number, lastAt: number): number {
  return crc32(data, crc32(new Uint8Array(Float64Array.of(codec, n, firstAt, lastAt).buffer)));
}

/** Unpacks blocks whose checksum holds, and reports the others. */
export interface BlockReader {
  /** All of a block, null when it is damaged. Memory is reused by the next call. */
  all(series: Series, row: BlockRow): DecodedChunk | null;
  /** The instants of a block, null when it is damaged or not there; the last few are remembered. */
  times(series: Series, id: number): TimeRuns | null;
  forget(): void;
}

const REMEMBERED = 16;

export function createBlockReader(load: (id: number) => BlockRow | undefined, damage: DamageLog): BlockReader {
  const remembered = new Map<number, TimeRuns>();

  const checked = <T>(series: Series, row: BlockRow, unpack: (row: BlockRow) => T): T | null => {
    let detail = "The checksum does not match the stored bytes.";
    try {
      if (blockCrc(row.data, row.codec, row.n, row.first_at, row.last_at) === row.crc) {
        return unpack(row);
      }
    } catch (thrown) {
      detail = thrown instanceof Error ? thrown.message : String(thrown);
    }
    const from = dayOfBlock(row.id) * DAY_MS;
    const to = from + row.days * DAY_MS;
    damage.report(row.id, { channelId: series.channelId, from, to, code: "READINGS_BLOCK_DAMAGED", detail });
    return null;
  };

  return {
    all(series, row) {
      const chunk = checked(series, row, ({ data, codec, n }) => decodeChunk(data, codec, n, series.resolutionMs));
      giveBack(row.data);
      return chunk;
    },
    times(series, id) {
      const known = remembered.get(id);
      const row = known ? undefined : load(id);
      if (known || !row) {
        return known ?? null;
      }
      const times = checked(series, row, ({ data, codec, n }) => decodeTimes(data, codec, n, series.resolutionMs));
      if (times) {
        const eldest = remembered.size >= REMEMBERED ? remembered.keys().next().value : undefined;
        if (eldest !== undefined) {
          remembered.delete(eldest);
        }
        remembered.set(id, times);
      }
      return times;
    },
    forget: () => remembered.clear(),
  };
}
