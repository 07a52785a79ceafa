import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportProgress } from "@ecolocal/core/api";
import { err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { ImportCounts } from "@ecolocal/db/workspace";
import type { Store } from "../store/index.ts";
import { createChannelFinder } from "./channel-finder.ts";
import type { FilePlace } from "./csv-rows.ts";
import { createTextTrail, type ImportedSoFar, type ImportManner } from "./import-checkpoint.ts";
import { mannerOf } from "./import-records.ts";
import { importStopped } from "./import-stopped.ts";
import { createImportTally } from "./import-tally.ts";
import { keepValues } from "./keep-values.ts";
import { createRowSource, type OutcomeOfRow, type RowSource, resumeRowSource } from "./row-source.ts";
import { writeTogether } from "./write-together.ts";

export interface ImportOptions extends ImportManner {
  readonly fileName: string;
  /** Counts what would happen without keeping any of it. */
  readonly dryRun: boolean;
}

/** One file under way. Its readings are kept piece by piece; the same file again changes nothing. */
export interface ImportSession {
  /** Of its record. */
  readonly id: Ulid;
  /** Takes the next piece; the counts are those of the whole file so far, the problems those of this piece. */
  push(text: string, last: boolean): Promise<Result<ImportProgress, Failure>>;
  /** The counts so far. */
  progress(): ImportProgress;
  /** The file will not be finished for now. */
  abandon(): void;
}

/** Rows read before other work gets its turn. */
const ROWS_PER_TURN = 2000;
/** Values kept in one transaction: large enough to be packed well, small enough that live readings do not wait long. */
const VALUES_PER_WRITE = 50_000;

/** Begins a file, or goes on with one behind the rows that `before` tells of. */
export function createImportSession(
  store: Store,
  id: Ulid,
  options: ImportOptions,
  before?: ImportedSoFar,
): Result<ImportSession, Failure> {
  const plan = { ...options, hasChannel: (channelId: Ulid) => store.channels.find(channelId) !== null };
  const source = before ? resumeRowSource(plan, before.checkpoint) : ok(createRowSource(plan));
  return source.ok ? ok(runSession(store, id, options, source.value, before)) : source;
}

function runSession(
  store: Store,
  id: Ulid,
  options: ImportOptions,
  source: RowSource,
  before: ImportedSoFar | undefined,
): ImportSession {
  const finder = createChannelFinder(store);
  const trail = createTextTrail(before?.checkpoint.parts ?? []);
  const tally = createImportTally(before?.counts);
  const { fileName, dryRun } = options;
  const manner = mannerOf(options);
  let isRunning = before === undefined;

  const keepBatch = (): Result<ImportCounts, Failure> => {
    const kept = keepValues(store, finder, tally.batch().values, options);
    return kept.ok ? ok(tally.countsWith(kept.value)) : kept;
  };

  /** Readings and the record that tells of them are kept together: whatever happens, it counts what is there. */
  const keepRecorded = (end: FilePlace): Result<ImportCounts, Failure> => {
    const reached = { ...end, head: source.head(), parts: trail.partsTo(end) };
    return writeTogether(store, fileName, () => {
      const kept = keepBatch();
      if (!kept.ok) return kept;
      if (!isRunning) store.imports.goOn(id);
      store.imports.progress(id, kept.value, { format: source.format, options: { ...manner, reached } });
      return kept;
    });
  };

  const keep = (): Result<void, Failure> => {
    const { end } = tally.batch();
    if (end === undefined) return ok(undefined);
    const kept = dryRun ? keepBatch() : keepRecorded(end);
    if (!kept.ok) return kept;
    isRunning = true;
    tally.settle(kept.value);
    return ok(undefined);
  };

  const keepAll = async (rows: Iterable<OutcomeOfRow>): Promise<Result<void, Failure>> => {
    let read = 0;
    for (const outcome of rows) {
      tally.take(outcome);
      if (++read % ROWS_PER_TURN === 0) await nextTurn();
      if (tally.batch().values.length < VALUES_PER_WRITE) continue;
      const kept = keep();
      if (!kept.ok) return kept;
    }
    return keep();
  };

  return {
    id,
    progress: () => ({ importId: id, ...view(tally.counts()), problems: [], channels: finder.used(), done: false }),
    abandon: () => finish(store, options, id, "failed", null),
    async push(text, last) {
      trail.add(text);
      const rows = source.push(text, last);
      if (!rows.ok) return rows;
      const kept = await keepAll(rows.value);
      const counts = tally.counts();
      if (!kept.ok) return err(dryRun ? kept.error : importStopped(kept.error, fileName, counts.rowsRead));
      if (last) finish(store, options, id, "finished", trail.whole());
      if (!dryRun) store.changes.notify("readings", "sensors");
      const problems = tally.takeProblems();
      return ok({ importId: id, ...view(counts), problems, channels: finder.used(), done: last });
    },
  };
}

function view(counts: ImportCounts) {
  return {
    rowsRead: counts.rowsRead,
    inserted: counts.readingsInserted,
    corrected: counts.readingsCorrected,
    unchanged: counts.readingsUnchanged,
    rejected: counts.rowsRejected,
  };
}

function finish(
  store: Store,
  { dryRun }: ImportOptions,
  id: Ulid,
  status: "finished" | "failed",
  fileSha256: string | null,
): void {
  if (dryRun) return;
  const end = { status, fileSha256, finishedAt: store.clock.now() };
  // The readings are kept whether or not their record can be ended.
  void store.db.write("data.import", id, () => store.imports.finish(id, end));
}
