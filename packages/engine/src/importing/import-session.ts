import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportProgress } from "@ecolocal/core/api";
import { type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { createChannelFinder } from "./channel-finder.ts";
import type { RowCode, RowProblem } from "./import-target.ts";
import { keepValues, type RowValue } from "./keep-values.ts";
import type { PlanOptions } from "./plan-rows.ts";
import { createRowSource, type OutcomeOfRow } from "./row-source.ts";

export interface ImportOptions extends Omit<PlanOptions, "hasChannel"> {
  readonly fileName: string;
  /** Counts what would happen without keeping any of it. */
  readonly dryRun: boolean;
}

/** One file under way. Its readings are kept piece by piece; the same file again changes nothing. */
export interface ImportSession {
  readonly id: Ulid;
  /** Takes the next piece; the counts are those of the whole file so far, the problems those of this piece. */
  push(text: string, last: boolean): Promise<Result<ImportProgress, Failure>>;
  /** The file will not be finished. */
  abandon(): void;
}

/** Rows read before other work gets its turn. */
const ROWS_PER_TURN = 2000;
/** Values kept in one transaction: large enough to be packed well, small enough that live readings do not wait long. */
const VALUES_PER_WRITE = 50_000;
const MAX_PROBLEMS = 100;

export function createImportSession(store: Store, id: Ulid, options: ImportOptions): ImportSession {
  const source = createRowSource({ ...options, hasChannel: (channelId) => store.channels.find(channelId) !== null });
  const finder = createChannelFinder(store);
  const hash = createHash("sha256");
  const counts = { rowsRead: 0, inserted: 0, corrected: 0, unchanged: 0, rejected: 0 };
  const rejectedRows = new Set<number>();
  let problems: RowProblem[] = [];

  const report = (row: number, code: RowCode, reason: string): void => {
    if (!rejectedRows.has(row)) counts.rejected++;
    rejectedRows.add(row);
    const last = problems.at(-1);
    const again = last?.row === row && last.reason === reason;
    if (!again && problems.length < MAX_PROBLEMS) problems.push({ row, code, reason });
  };

  const take = ({ row, values, problems: found }: OutcomeOfRow, into: RowValue[]): void => {
    counts.rowsRead++;
    for (const { code, reason } of found) report(row, code, reason);
    for (const value of values) into.push({ row, value });
  };

  const keep = (values: readonly RowValue[]): Result<void, Failure> => {
    const kept = keepValues(store, finder, values, options);
    if (!kept.ok) return kept;
    counts.inserted += kept.value.inserted;
    counts.corrected += kept.value.corrected;
    counts.unchanged += kept.value.unchanged;
    for (const { row, code, reason } of kept.value.refused) report(row, code, reason);
    return ok(undefined);
  };

  const keepAll = async (rows: Iterable<OutcomeOfRow>): Promise<Result<void, Failure>> => {
    let values: RowValue[] = [];
    let read = 0;
    for (const outcome of rows) {
      take(outcome, values);
      if (++read % ROWS_PER_TURN === 0) await nextTurn();
      if (values.length < VALUES_PER_WRITE) continue;
      const kept = keep(values);
      if (!kept.ok) return kept;
      values = [];
    }
    return keep(values);
  };

  return {
    id,
    abandon() {
      if (!options.dryRun) finish(store, id, "failed", null);
    },
    async push(text, last) {
      problems = [];
      hash.update(text);
      const rows = source.push(text, last);
      if (!rows.ok) return rows;
      const kept = await keepAll(rows.value);
      if (!kept.ok) return kept;
      if (!options.dryRun) {
        record(store, id, counts, source.format);
        if (last) finish(store, id, "finished", hash.digest("hex"));
        store.changes.notify("readings", "sensors");
      }
      // Row numbers only grow, so rows of earlier pieces need not be remembered.
      rejectedRows.clear();
      problems.sort((a, b) => a.row - b.row);
      return ok({ importId: id, ...counts, problems, channels: finder.used(), done: last });
    },
  };
}

interface Counts {
  readonly rowsRead: number;
  readonly inserted: number;
  readonly corrected: number;
  readonly unchanged: number;
  readonly rejected: number;
}

function record(store: Store, id: Ulid, counts: Counts, format: string): void {
  const row = {
    rowsRead: counts.rowsRead,
    rowsRejected: counts.rejected,
    readingsInserted: counts.inserted,
    readingsCorrected: counts.corrected,
    readingsUnchanged: counts.unchanged,
  };
  // The record is for history only: readings are kept whether or not it can be written.
  void store.db.write("data.import", id, () => store.imports.progress(id, row, format));
}

function finish(store: Store, id: Ulid, status: "finished" | "failed", fileSha256: string | null): void {
  const end = { status, fileSha256, finishedAt: store.clock.now() };
  void store.db.write("data.import", id, () => store.imports.finish(id, end));
}
