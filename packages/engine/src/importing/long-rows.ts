import { type Exposure, QUALITY_BITS, type QualityFlag, qualityBits } from "@ecolocal/core/sensing";
import { isQuantity, isUlid, type Ulid } from "@ecolocal/core/shared";
import { type ImportTarget, type RowOutcome, type RowReader, readNumber } from "./import-target.ts";
import { readTime } from "./read-time.ts";
import { checkWidth, problem, shorten } from "./wide-rows.ts";

const EXPOSURES: readonly string[] = ["indoor", "outdoor", "mobile", "unknown"] satisfies readonly Exposure[];

/** Columns without which a file is not one of our own exports. */
export const OWN_COLUMNS = ["timestamp_utc", "quantity", "value"] as const;

/**
 * Reads our own exports: every row names its quantity, place and unit, so one file may hold many channels.
 *
 * `hasChannel` tells whether a channel id of the file exists here; otherwise the channel is found by its place.
 */
export function createOwnReader(
  header: readonly string[],
  format: string,
  width: number | undefined,
  hasChannel: (id: Ulid) => boolean,
): RowReader {
  const indexes = new Map(header.map((name, index) => [name.trim().toLowerCase(), index]));
  const cellOf = (cells: readonly (string | undefined)[], name: string): string =>
    cells[indexes.get(name) ?? -1]?.trim() ?? "";
  return {
    format,
    read(cells) {
      const truncated = checkWidth(cells, width);
      if (truncated) return truncated;
      const cell = (name: string): string => cellOf(cells, name);
      const at = readTime(cell("timestamp_utc"), "UTC");
      if (at === undefined)
        return problem("IMPORT_ROW_TIME_INVALID", `"${shorten(cell("timestamp_utc"))}" is not a time.`);
      const value = readNumber(cell("value"), false);
      if (value === undefined) return { values: [], problems: [] };
      if (value === null) return problem("IMPORT_ROW_VALUE_INVALID", `"${shorten(cell("value"))}" is not a number.`);
      return readOwnRow(cell, at, value, hasChannel);
    },
  };
}

function readOwnRow(
  cell: (name: string) => string,
  at: number,
  value: number,
  hasChannel: (id: Ulid) => boolean,
): RowOutcome {
  const quantity = cell("quantity");
  if (!isQuantity(quantity)) return problem("IMPORT_ROW_VALUE_INVALID", `"${shorten(quantity)}" is not a quantity.`);
  const exposure = EXPOSURES.includes(cell("exposure")) ? (cell("exposure") as Exposure) : "unknown";
  const channelId = cell("channel");
  const target: ImportTarget =
    isUlid(channelId) && hasChannel(channelId)
      ? { channelId }
      : { quantity, key: cell("key"), place: cell("place"), exposure, intervalMs: undefined };
  const quality = readQuality(cell("quality"));
  const unit = cell("unit") || undefined;
  const spread = readSpread(cell);
  return { values: [{ target, at, value, unit, quality, ...(spread ? { spread } : {}) }], problems: [] };
}

function readQuality(text: string): number {
  const flags = text.split("|").filter((flag): flag is QualityFlag => Object.hasOwn(QUALITY_BITS, flag));
  return qualityBits(flags);
}

function readSpread(cell: (name: string) => string): { n: number; min: number; max: number } | undefined {
  const [n, min, max] = ["n", "min", "max"].map((name) => readNumber(cell(name), false));
  return typeof n === "number" && n > 1 && typeof min === "number" && typeof max === "number"
    ? { n, min, max }
    : undefined;
}
