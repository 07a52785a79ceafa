import type { Failure } from "@ecolocal/core/shared";
import { MAX_RECORD_LENGTH } from "./csv-rows.ts";

/** A line that never seems to end would be collected in memory; `row` counts from 1. */
export function lineTooLong(row: number): Failure<"IMPORT_LINE_TOO_LONG"> {
  return {
    code: "IMPORT_LINE_TOO_LONG",
    op: "data.import",
    subject: `line ${row}`,
    detail: `Line ${row} is longer than ${MAX_RECORD_LENGTH} characters.`,
    retry: "after-change",
  };
}
