import type { TimeRange } from "@ecolocal/core/series";
import { giveBack } from "../codec/memory.ts";
import type { Columns } from "../columns.ts";
import type { ReadingsContext } from "../context.ts";
import { scanWindows, usableColumns } from "../scan.ts";
import type { Series } from "../series-registry.ts";
import type { Steps } from "./run.ts";

/**
 * Hands the usable readings of a range to `take`, stretch by stretch; the caller may pause between stretches. The
 * memory of a stretch is gone once `take` has returned: a year would otherwise fill dozens of megabytes with what
 * nobody needs any more.
 */
export function* eachUsable(
  context: ReadingsContext,
  series: Series,
  range: TimeRange,
  take: (columns: Columns) => void,
): Steps<void> {
  for (const columns of scanWindows(context, series, range)) {
    take(usableColumns(columns));
    giveBack(columns.at);
    giveBack(columns.value);
    yield;
  }
}
