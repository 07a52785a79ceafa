import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportProgress } from "@ecolocal/core/api";
import { convertToCanonical } from "@ecolocal/core/sensing";
import type { Reading } from "@ecolocal/core/series";
import { err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { createChannelFinder } from "./channel-finder.ts";
import type { ImportedValue, RowCode, RowProblem } from "./import-target.ts";
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

/** Rows stored in one transaction: small enough that live readings never wait long. */
const ROWS_PER_WRITE = 5000;
const MAX_PROBLEMS = 100;

/** A reading with the row it came from. */
interface PendingReading {
  readonly row: number;
  readonly reading: Reading;
}

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

  const toPending = (outcomes: readonly OutcomeOfRow[]): PendingReading[] => {
    const pending: PendingReading[] = [];
    finder.prepare(outcomes.flatMap(({ values }) => values));
    for (const outcome of outcomes) {
      counts.rowsRead++;
      for (const { code, reason } of outcome.problems) report(outcome.row, code, reason);
      for (const value of outcome.values) {
        const reading = toReading(finder, value);
        if (reading.ok) pending.push({ row: outcome.row, reading: reading.value });
        else report(outcome.row, "IMPORT_ROW_VALUE_INVALID", reading.error.detail);
      }
    }
    return pending;
  };

  /** Channels and readings of a batch are kept together or not at all. */
  const keep = (outcomes: readonly OutcomeOfRow[]): Result<void, Failure> => {
    let failure: Failure | undefined;
    const written = store.db.write("data.import", options.fileName, () => {
      const pending = toPending(outcomes);
      const appended = store.readings.append(pending.map(({ reading }) => reading));
      if (!appended.ok) {
        failure = appended.error;
        throw new RolledBack();
      }
      counts.inserted += appended.value.inserted;
      counts.corrected += appended.value.corrected;
      counts.unchanged += appended.value.unchanged;
      for (const { index, code } of appended.value.refused) {
        report(pending[index]?.row ?? 0, code, "The time of this row cannot be right.");
      }
      if (options.dryRun) throw new RolledBack();
    });
    if (failure) return err(failure);
    return written.ok ? ok(undefined) : written;
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
      for (const batch of batches(rows.value)) {
        const kept = attempt(() => keep(batch));
        if (!kept.ok) return kept;
        await nextTurn();
      }
      if (!options.dryRun) {
        record(store, id, counts, source.format);
        if (last) finish(store, id, "finished", hash.digest("hex"));
        store.changes.notify("readings", "sensors");
      }
      // Row numbers only grow, so rows of earlier pieces need not be remembered.
      rejectedRows.clear();
      return ok({ importId: id, ...counts, problems, channels: finder.used(), done: last });
    },
  };
}

/** Ends a transaction without keeping it; never leaves this file. */
class RolledBack extends Error {}

function attempt(run: () => Result<void, Failure>): Result<void, Failure> {
  try {
    return run();
  } catch (error) {
    if (error instanceof RolledBack) return ok(undefined);
    throw error;
  }
}

function toReading(finder: ReturnType<typeof createChannelFinder>, value: ImportedValue): Result<Reading, Failure> {
  const channel = finder.find(value.target);
  if (!channel.ok) return channel;
  const { id, quantity } = channel.value;
  const convert = (number: number) => convertToCanonical(number, customaryUnit(value, quantity, number), quantity);
  const converted = value.unit === undefined && quantity !== "pressure" ? ok(value.value) : convert(value.value);
  if (!converted.ok) return converted;
  const reading = { channelId: id, at: value.at, value: converted.value, quality: value.quality };
  return ok(value.spread ? { ...reading, ...value.spread } : reading);
}

/** Pressure without a unit is in Pa or hPa; the two never overlap. */
function customaryUnit(value: ImportedValue, quantity: string, number: number): string {
  if (value.unit !== undefined) return value.unit;
  return quantity === "pressure" && number > 2000 ? "Pa" : "hPa";
}

function* batches(outcomes: Iterable<OutcomeOfRow>): Generator<OutcomeOfRow[], void> {
  let batch: OutcomeOfRow[] = [];
  for (const outcome of outcomes) {
    batch.push(outcome);
    if (batch.length < ROWS_PER_WRITE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
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
