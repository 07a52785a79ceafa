import type { ImportBegun, ImportProgress } from "@ecolocal/core/api";
import { err, type Failure, MINUTE_MS, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { ImportRecord } from "@ecolocal/db/workspace";
import { channelNotFound, type Store } from "../store/index.ts";
import { findCheckpoint, type ImportedSoFar } from "./import-checkpoint.ts";
import { createImportSession, type ImportOptions, type ImportSession } from "./import-session.ts";

export interface ImportRequest extends Omit<ImportOptions, "timeZone"> {
  readonly timeZone?: string | undefined;
  /** Whether to go on with an import of the same file that did not reach its end. */
  readonly resume?: boolean | undefined;
}

/** Imports files that arrive in pieces, several at a time. */
export interface ImportService {
  begin(request: ImportRequest): Result<ImportBegun, Failure>;
  push(importId: Ulid, text: string, last: boolean): Promise<Result<ImportProgress, Failure>>;
  close(): void;
}

interface Entry {
  readonly session: ImportSession;
  usedAt: number;
  isBusy: boolean;
}

/** An import that hears nothing for so long has lost its caller. */
const IDLE_MS = 30 * MINUTE_MS;

export function createImportService(store: Store): ImportService {
  const sessions = new Map<Ulid, Entry>();
  const end = (id: Ulid): void => {
    sessions.get(id)?.session.abandon();
    sessions.delete(id);
  };
  const endIdle = (): void => {
    const limit = store.clock.now() - IDLE_MS;
    for (const [id, { usedAt }] of sessions) if (usedAt < limit) end(id);
  };
  const start = (id: Ulid, options: ImportOptions, before?: ImportedSoFar): Result<ImportBegun, Failure> => {
    const session = createImportSession(store, id, options, before);
    if (!session.ok) return session;
    sessions.set(id, { session: session.value, usedAt: store.clock.now(), isBusy: false });
    if (before === undefined) return ok({ importId: id, resumesAt: null });
    const { checkpoint, counts } = before;
    return ok({ importId: id, resumesAt: { rowsRead: counts.rowsRead, parts: [...checkpoint.parts] } });
  };
  const goOn = (options: ImportOptions): Result<ImportBegun, Failure> | undefined => {
    const { format, columns, defaults, timeZone } = options;
    const manner = { format, columns, defaults, timeZone };
    const found = store.imports
      .unfinished(options.fileName)
      .filter(({ id }) => sessions.get(id)?.isBusy !== true)
      .map((record) => ({ record, checkpoint: findCheckpoint(record.options, manner) }))
      .find((one): one is { record: ImportRecord; checkpoint: ImportedSoFar["checkpoint"] } => !!one.checkpoint);
    return found && start(found.record.id, options, { checkpoint: found.checkpoint, counts: countsOf(found.record) });
  };
  return {
    begin({ resume, ...request }) {
      endIdle();
      const missing = request.columns.find(
        ({ target }) => "channelId" in target && !store.channels.find(target.channelId),
      );
      if (missing && "channelId" in missing.target) return err(channelNotFound(missing.target.channelId));
      const options = { ...request, timeZone: request.timeZone ?? store.settings.workspaceInfo().timeZone };
      const gone = resume === true && !options.dryRun ? goOn(options) : undefined;
      if (gone?.ok) return gone;
      const id = store.ids.next();
      if (!options.dryRun) {
        const { fileName, format, columns, defaults, timeZone } = options;
        const record = { id, fileName, format, options: { format, columns, defaults, timeZone } };
        const startedAt = store.clock.now();
        const begun = store.db.write("data.import", fileName, () => store.imports.begin({ ...record, startedAt }));
        if (!begun.ok) return begun;
      }
      return start(id, options);
    },
    async push(importId, text, last) {
      const entry = sessions.get(importId);
      if (!entry) return err(importNotFound(importId));
      entry.usedAt = store.clock.now();
      entry.isBusy = true;
      const progress = await entry.session.push(text, last).finally(() => {
        entry.isBusy = false;
      });
      if (!progress.ok) end(importId);
      else if (last) sessions.delete(importId);
      return progress;
    },
    close() {
      for (const id of [...sessions.keys()]) end(id);
    },
  };
}

function countsOf(record: ImportRecord): ImportedSoFar["counts"] {
  const { rowsRead, rowsRejected, readingsInserted, readingsCorrected, readingsUnchanged } = record;
  return { rowsRead, rowsRejected, readingsInserted, readingsCorrected, readingsUnchanged };
}

function importNotFound(id: Ulid): Failure<"IMPORT_NOT_FOUND"> {
  return {
    code: "IMPORT_NOT_FOUND",
    op: "data.import",
    subject: id,
    detail: "This import has ended, or the engine was restarted meanwhile.",
    hint: "Start the import again; it goes on where it stopped, and nothing is imported twice.",
    retry: "after-change",
  };
}
