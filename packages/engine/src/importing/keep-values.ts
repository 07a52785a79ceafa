import { type Channel, convertToCanonical } from "@ecolocal/core/sensing";
import type { AppendReport, Reading } from "@ecolocal/core/series";
import { type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import type { ChannelFinder } from "./channel-finder.ts";
import type { ImportedValue, RowCode } from "./import-target.ts";

/** A value with the row it came from. */
export interface RowValue {
  readonly row: number;
  readonly value: ImportedValue;
}

export interface KeepReport {
  readonly inserted: number;
  readonly corrected: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly row: number; readonly code: RowCode; readonly reason: string }[];
}

interface KeepOptions {
  readonly fileName: string;
  readonly dryRun: boolean;
}

/**
 * Keeps values in the channels they belong to, which are made where they are missing. What the store refuses is named
 * by row. A dry run does all of it and takes it back.
 */
export function keepValues(
  store: Store,
  finder: ChannelFinder,
  values: readonly RowValue[],
  options: KeepOptions,
): Result<KeepReport, Failure> {
  if (values.length === 0) return ok({ inserted: 0, corrected: 0, unchanged: 0, refused: [] });
  return options.dryRun ? tryOut(store, finder, values, options) : keepNow(store, finder, values, options);
}

function keepNow(
  store: Store,
  finder: ChannelFinder,
  values: readonly RowValue[],
  { fileName }: KeepOptions,
): Result<KeepReport, Failure> {
  const prepared = store.db.write("data.import", fileName, () => finder.prepare(values.map(({ value }) => value)));
  if (!prepared.ok) return prepared;
  const refused: { row: number; code: RowCode; reason: string }[] = [];
  const readings: Reading[] = [];
  const rows: number[] = [];
  for (const { row, value } of values) {
    const reading = toReading(finder, value);
    if (reading.ok) {
      readings.push(reading.value);
      rows.push(row);
    } else refused.push({ row, code: "IMPORT_ROW_VALUE_INVALID", reason: reading.error.detail });
  }
  const stored = storeReadings(store, readings);
  if (!stored.ok) return stored;
  for (const { index, code } of stored.value.refused) {
    refused.push({ row: rows[index] ?? 0, code, reason: "The time of this row cannot be right." });
  }
  return ok({ ...stored.value, refused });
}

/** Ends a transaction without keeping it; never leaves this file. */
class RolledBack extends Error {}

function tryOut(
  store: Store,
  finder: ChannelFinder,
  values: readonly RowValue[],
  options: KeepOptions,
): Result<KeepReport, Failure> {
  let report: Result<KeepReport, Failure> | undefined;
  try {
    store.db.transaction(() => {
      report = keepNow(store, finder, values, options);
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  finder.forget();
  if (!report) throw new TypeError("A dry run must come to a report.");
  return report;
}

/** Whole days are packed at once; rows that stand for several samples go one by one, with their spread. */
function storeReadings(store: Store, readings: readonly Reading[]): Result<AppendReport, Failure> {
  if (readings.some(({ n }) => n !== undefined)) return store.readings.append(readings);
  const channelIds = [...new Set(readings.map(({ channelId }) => channelId))];
  const indexes = new Map(channelIds.map((channelId, index) => [channelId, index]));
  return store.readings.importBatch({
    channelIds,
    channel: Uint32Array.from(readings, ({ channelId }) => indexes.get(channelId) ?? 0),
    at: Float64Array.from(readings, ({ at }) => at),
    value: Float64Array.from(readings, ({ value }) => value),
    quality: Uint16Array.from(readings, ({ quality }) => quality),
  });
}

function toReading(finder: ChannelFinder, value: ImportedValue): Result<Reading, Failure> {
  const channel = finder.find(value.target);
  if (!channel.ok) return channel;
  const converted = toCanonical(channel.value, value);
  if (!converted.ok) return converted;
  const reading = { channelId: channel.value.id, at: value.at, value: converted.value, quality: value.quality };
  if (!value.spread) return ok(reading);
  const { n, min, max } = value.spread;
  const [low, high] = [min, max].map((extreme) => toCanonical(channel.value, { ...value, value: extreme }));
  // The value itself could be converted, so its extremes can.
  return ok(low?.ok && high?.ok ? { ...reading, n, min: low.value, max: high.value } : reading);
}

/** Pressure without a unit is in Pa or hPa, which never overlap; everything else is in its customary unit. */
function toCanonical({ quantity }: Channel, { value, unit }: ImportedValue): Result<number, Failure> {
  if (unit !== undefined) return convertToCanonical(value, unit, quantity);
  return quantity === "pressure" ? convertToCanonical(value, value > 2000 ? "Pa" : "hPa", quantity) : ok(value);
}
