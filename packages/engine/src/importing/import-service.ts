import type { ImportProgress } from "@ecolocal/core/api";
import { err, type Failure, MINUTE_MS, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { channelNotFound, type Store } from "../store/index.ts";
import { createImportSession, type ImportOptions, type ImportSession } from "./import-session.ts";

/** Imports files that arrive in pieces, several at a time. */
export interface ImportService {
  begin(
    options: Omit<ImportOptions, "timeZone"> & { readonly timeZone?: string | undefined },
  ): Result<{ importId: Ulid }, Failure>;
  push(importId: Ulid, text: string, last: boolean): Promise<Result<ImportProgress, Failure>>;
  close(): void;
}

/** An import that hears nothing for so long has lost its caller. */
const IDLE_MS = 30 * MINUTE_MS;

export function createImportService(store: Store): ImportService {
  const sessions = new Map<Ulid, { readonly session: ImportSession; usedAt: number }>();
  const end = (id: Ulid): void => {
    sessions.get(id)?.session.abandon();
    sessions.delete(id);
  };
  const endIdle = (): void => {
    const limit = store.clock.now() - IDLE_MS;
    for (const [id, { usedAt }] of sessions) if (usedAt < limit) end(id);
  };
  return {
    begin(options) {
      endIdle();
      const missing = options.columns.find(
        ({ target }) => "channelId" in target && !store.channels.find(target.channelId),
      );
      if (missing && "channelId" in missing.target) return err(channelNotFound(missing.target.channelId));
      const id = store.ids.next();
      const now = store.clock.now();
      if (!options.dryRun) {
        const { fileName, format, columns, timeZone } = options;
        const begun = store.db.write("data.import", fileName, () =>
          store.imports.begin({ id, fileName, format, options: { columns, timeZone }, startedAt: now }),
        );
        if (!begun.ok) return begun;
      }
      const timeZone = options.timeZone ?? store.settings.workspaceInfo().timeZone;
      sessions.set(id, { session: createImportSession(store, id, { ...options, timeZone }), usedAt: now });
      return ok({ importId: id });
    },
    async push(importId, text, last) {
      const entry = sessions.get(importId);
      if (!entry) return err(importNotFound(importId));
      entry.usedAt = store.clock.now();
      const progress = await entry.session.push(text, last);
      if (!progress.ok) end(importId);
      else if (last) sessions.delete(importId);
      return progress;
    },
    close() {
      for (const id of [...sessions.keys()]) end(id);
    },
  };
}

function importNotFound(id: Ulid): Failure<"IMPORT_NOT_FOUND"> {
  return {
    code: "IMPORT_NOT_FOUND",
    op: "data.import",
    subject: id,
    detail: "This import has ended, or the engine was restarted meanwhile.",
    hint: "Start the import again; what was imported before is not imported twice.",
    retry: "after-change",
  };
}
