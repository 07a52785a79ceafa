import type { ImportCounts } from "@ecolocal/db/workspace";
import type { FilePlace } from "./csv-rows.ts";
import type { RowCode, RowProblem } from "./import-target.ts";
import type { KeepReport, RowValue } from "./keep-values.ts";
import type { OutcomeOfRow } from "./row-source.ts";

/** Rows whose values are kept, and counted, together. */
interface Batch {
  readonly values: RowValue[];
  readonly rejected: Set<number>;
  rows: number;
  end: FilePlace | undefined;
}

/** Counts what becomes of rows, batch by batch; a batch counts only once it is kept. */
export interface ImportTally {
  counts(): ImportCounts;
  batch(): Readonly<Batch>;
  take(outcome: OutcomeOfRow): void;
  /** What the counts are when the batch is kept. */
  countsWith(kept: KeepReport): ImportCounts;
  /** The batch is kept; the next begins. */
  settle(counts: ImportCounts): void;
  /** Problems since they were last taken, by row, at most a hundred. */
  takeProblems(): RowProblem[];
}

const MAX_PROBLEMS = 100;
const NOTHING: ImportCounts = {
  rowsRead: 0,
  rowsRejected: 0,
  readingsInserted: 0,
  readingsCorrected: 0,
  readingsUnchanged: 0,
};

const newBatch = (): Batch => ({ values: [], rejected: new Set(), rows: 0, end: undefined });

export function createImportTally(before: ImportCounts = NOTHING): ImportTally {
  let counts = before;
  let batch = newBatch();
  let problems: RowProblem[] = [];

  const report = (row: number, code: RowCode, reason: string): void => {
    batch.rejected.add(row);
    const last = problems.at(-1);
    const again = last?.row === row && last.reason === reason;
    if (!again && problems.length < MAX_PROBLEMS) problems.push({ row, code, reason });
  };

  return {
    counts: () => counts,
    batch: () => batch,
    take({ row, values, problems: found, end }) {
      batch.rows++;
      batch.end = end;
      for (const { code, reason } of found) report(row, code, reason);
      for (const value of values) batch.values.push({ row, value });
    },
    countsWith(kept) {
      for (const { row, code, reason } of kept.refused) report(row, code, reason);
      return {
        rowsRead: counts.rowsRead + batch.rows,
        rowsRejected: counts.rowsRejected + batch.rejected.size,
        readingsInserted: counts.readingsInserted + kept.inserted,
        readingsCorrected: counts.readingsCorrected + kept.corrected,
        readingsUnchanged: counts.readingsUnchanged + kept.unchanged,
      };
    },
    settle(next) {
      counts = next;
      batch = newBatch();
    },
    takeProblems() {
      const taken = problems.toSorted((a, b) => a.row - b.row);
      problems = [];
      return taken;
    },
  };
}
