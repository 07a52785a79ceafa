import type { ReadingBlock, ReadingStoreFailure } from "@ecolocal/core/series";
import { DAY_MS, err, type Failure, type Result, type Ulid } from "@ecolocal/core/shared";
import { toHotRow } from "./admission.ts";
import { unknownChannel } from "./annotating.ts";
import { dayOfBlock } from "./block-id.ts";
import { type Columns, ColumnsBuilder, NO_COLUMNS, sliceColumns } from "./columns.ts";
import type { ReadingsContext } from "./context.ts";
import { guarded } from "./failure.ts";
import { sealedColumns, spanFor } from "./seal.ts";
import type { Series } from "./series-registry.ts";

export type ReplaceFailure = ReadingStoreFailure | Failure<"READINGS_CHANNEL_UNKNOWN">;

/** For channels that are a copy of somebody else's: the copy becomes what the original says, and nothing is audited. */
export interface Replacing {
  /** Makes a UTC day consist of exactly these readings, sealed at once; the same again changes nothing. */
  replaceDay(channelId: Ulid, day: number, readings: ReadingBlock): Result<void, ReplaceFailure>;
  /** Drops all readings of a channel. */
  clearChannel(channelId: Ulid): Result<void, ReplaceFailure>;
}

export function createReplacing(context: ReadingsContext): Replacing {
  const replacing = (channelId: Ulid, from: number, to: number, write: (series: Series) => void) => {
    const series = context.find(channelId);
    if (!series) {
      return err(unknownChannel(channelId));
    }
    const both = context.db.transaction(() => {
      write(series);
      context.changes.note(channelId, from, to);
      context.mark();
    });
    const result = guarded("readings.replace", channelId, () => both.immediate());
    context.forget();
    context.changes.settle(result.ok);
    return result;
  };
  return {
    replaceDay: (channelId, day, readings) =>
      replacing(channelId, day * DAY_MS, (day + 1) * DAY_MS, (series) => replaceDay(context, series, day, readings)),
    clearChannel: (channelId) =>
      replacing(channelId, 0, Number.MAX_SAFE_INTEGER, (series) => {
        context.hot.remove(series.id, 0, Number.MAX_SAFE_INTEGER);
        for (const { id, days } of context.blocks.headers(series, 0, LAST_DAY, Number.MAX_SAFE_INTEGER)) {
          context.blocks.write(series, dayOfBlock(id), days, NO_COLUMNS);
        }
      }),
  };
}

/** Series and day share one number: beyond this a day would be one of the next series. */
const LAST_DAY = 2 ** 20 - 1;

function replaceDay(context: ReadingsContext, series: Series, day: number, readings: ReadingBlock): void {
  const [from, to] = [day * DAY_MS, (day + 1) * DAY_MS];
  const fresh = admitted(series, readings);
  context.hot.remove(series.id, from, to);
  const span = spanFor(context, series, day);
  // A damaged block holds a copy only: what of it is needed comes again with the days it held.
  const sealed = sealedColumns(context, series, span) ?? NO_COLUMNS;
  const whole = new ColumnsBuilder(sealed.length + fresh.length);
  for (const part of [sliceColumns(sealed, 0, from), fresh, sliceColumns(sealed, to, Number.MAX_SAFE_INTEGER)]) {
    whole.addRun(part, 0, part.length);
  }
  context.blocks.write(series, span.startDay, span.days, whole.finish());
}

/** The same rules as for readings that are appended: implausible values are flagged, times cut to the resolution. */
function admitted(series: Series, { at, value, quality, spread }: ReadingBlock): Columns {
  const columns = new ColumnsBuilder(at.length);
  for (let i = 0; i < at.length; i++) {
    const of = (column: Float64Array | Uint16Array | undefined): number => column?.[i] as number;
    const extremes = spread === undefined ? {} : { n: of(spread.n), min: of(spread.min), max: of(spread.max) };
    const reading = { channelId: series.channelId, at: of(at), value: of(value), quality: of(quality), ...extremes };
    const row = toHotRow(reading, series);
    if (row.n === null) {
      columns.add(row.at, row.value, row.quality);
    } else {
      columns.addSpread(row.at, row.value, row.quality, row.n, row.min ?? row.value, row.max ?? row.value);
    }
  }
  return columns.finish();
}
