import { type Channel, qualityFlags } from "@ecolocal/core/sensing";
import type { ReadingBlock, TimeRange } from "@ecolocal/core/series";
import { instantToIso, quantitySpec, type Ulid } from "@ecolocal/core/shared";
import { createLocalTime, type LocalTime } from "../calendar/index.ts";
import { findReadableChannel, type Store } from "../store/index.ts";

export interface ExportQuery extends TimeRange {
  readonly channelIds: readonly Ulid[];
  readonly format: "csv" | "ndjson";
}

/** One piece of the file, whole lines only. */
export interface ExportPiece {
  readonly text: string;
  readonly rows: number;
}

/** Columns of an export; an import recognises a file by them and gives back the same readings. */
export const EXPORT_COLUMNS = [
  "timestamp_utc",
  "local_date",
  "local_time",
  "channel",
  "quantity",
  "key",
  "place",
  "exposure",
  "value",
  "unit",
  "quality",
  "n",
  "min",
  "max",
] as const;

/** One reading; cells are empty (`null`) where nothing is to be said. */
export interface ExportRow extends Readonly<Record<(typeof EXPORT_COLUMNS)[number], string | number | null>> {
  readonly timestamp_utc: string;
}

/**
 * Writes the readings of some channels as CSV (RFC 4180, with a header) or NDJSON, channel after channel in time order.
 *
 * `timestamp_utc` is ISO 8601, the local columns are in the workspace's zone, values in the canonical unit of their
 * quantity (UCUM). `quality` is `ok` or its flags joined by `|`; `n`, `min`, `max` are empty for single samples.
 */
export function* exportReadings(store: Store, query: ExportQuery): Generator<ExportPiece, void> {
  const write = query.format === "csv" ? toCsvLine : toJsonLine;
  if (query.format === "csv") yield { text: `${EXPORT_COLUMNS.join(",")}\n`, rows: 0 };
  for (const rows of exportRows(store, query)) yield { text: rows.map(write).join(""), rows: rows.length };
}

/** The rows of such a file, block by block. */
export function* exportRows(store: Store, query: Omit<ExportQuery, "format">): Generator<ExportRow[], void> {
  const local = createLocalTime(store.settings.workspaceInfo().timeZone);
  for (const channelId of query.channelIds) {
    const channel = findReadableChannel(store, channelId);
    if (channel === null) continue;
    for (const block of store.readings.range({ channelId, from: query.from, to: query.to })) {
      yield [...rowsOfBlock(channel, block, local)];
    }
  }
}

function* rowsOfBlock(channel: Channel, block: ReadingBlock, local: LocalTime): Generator<ExportRow, void> {
  const { unit } = quantitySpec(channel.quantity);
  for (const [i, at] of block.at.entries()) {
    const { date, time } = local.format(at);
    const n = block.spread?.n[i] ?? 1;
    yield {
      timestamp_utc: instantToIso(at),
      local_date: date,
      local_time: time,
      channel: channel.id,
      quantity: channel.quantity,
      key: channel.key,
      place: channel.place,
      exposure: channel.exposure,
      value: block.value[i] ?? null,
      unit,
      quality: qualityText(block.quality[i] ?? 0),
      n: n > 1 ? n : null,
      min: n > 1 ? (block.spread?.min[i] ?? null) : null,
      max: n > 1 ? (block.spread?.max[i] ?? null) : null,
    };
  }
}

const qualityTexts = new Map<number, string>();

function qualityText(bits: number): string {
  const known = qualityTexts.get(bits);
  if (known !== undefined) return known;
  const text = bits === 0 ? "ok" : qualityFlags(bits).join("|");
  qualityTexts.set(bits, text);
  return text;
}

function toCsvLine(row: ExportRow): string {
  return `${EXPORT_COLUMNS.map((column) => csvCell(row[column])).join(",")}\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toJsonLine(row: ExportRow): string {
  return `${JSON.stringify(row, (_key, value: unknown) => (value === null ? undefined : value))}\n`;
}
