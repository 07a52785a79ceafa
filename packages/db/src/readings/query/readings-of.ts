import type { TimeRange } from "@ecolocal/core/series";
import type { Columns } from "../columns.ts";
import type { ReadingsContext } from "../context.ts";
import { scanColumns, usableColumns } from "../scan.ts";
import type { Series } from "../series-registry.ts";
import type { Steps } from "./run.ts";

/** Hands the usable readings of a range to `take`, stretch by stretch; the caller may pause between stretches. */
export function* eachUsable(
  context: ReadingsContext,
  series: Series,
  range: TimeRange,
  take: (columns: Columns) => void,
): Steps<void> {
  for (const columns of scanColumns(context, series, range)) {
    take(usableColumns(columns));
    yield;
  }
}
