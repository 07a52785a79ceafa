import { type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { ImportRecord } from "@ecolocal/db/workspace";
import type { Store } from "../store/index.ts";
import { findCheckpoint, type ImportedSoFar, type ImportManner } from "./import-checkpoint.ts";
import type { ImportOptions } from "./import-session.ts";

/** An import that did not reach the end of its file, and where it can be gone on with. */
export interface UnfinishedImport {
  readonly id: Ulid;
  readonly before: ImportedSoFar;
}

/** The newest import of a file of this name that was read in the same manner and stopped; `isFree` tells whether nobody is at it. */
export function findUnfinished(
  store: Store,
  options: ImportOptions,
  isFree: (id: Ulid) => boolean,
): UnfinishedImport | undefined {
  for (const record of store.imports.unfinished(options.fileName)) {
    const checkpoint = isFree(record.id) ? findCheckpoint(record.options, mannerOf(options)) : undefined;
    if (checkpoint) return { id: record.id, before: { checkpoint, counts: countsOf(record) } };
  }
  return undefined;
}

/** Notes that an import begins; a dry run leaves no record. */
export function beginRecord(store: Store, id: Ulid, options: ImportOptions): Result<void, Failure> {
  if (options.dryRun) return ok(undefined);
  const { fileName, format } = options;
  const startedAt = store.clock.now();
  return store.db.write("data.import", fileName, () =>
    store.imports.begin({ id, fileName, format, options: mannerOf(options), startedAt }),
  );
}

/** In the order in which a record keeps it: manners are compared as they are written. */
export function mannerOf({ format, columns, defaults, timeZone }: ImportOptions): ImportManner {
  return { format, columns, defaults, timeZone };
}

function countsOf(record: ImportRecord): ImportedSoFar["counts"] {
  const { rowsRead, rowsRejected, readingsInserted, readingsCorrected, readingsUnchanged } = record;
  return { rowsRead, rowsRejected, readingsInserted, readingsCorrected, readingsUnchanged };
}
