import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ImportBegun, ImportProgress } from "@ecolocal/core/api";
import { err, type Failure, MINUTE_MS, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { channelNotFound, type Store } from "../store/index.ts";
import { beginRecord, findUnfinished } from "./import-records.ts";
import { createImportSession, type ImportOptions, type ImportSession } from "./import-session.ts";
import { createParquetFeed, FEED_PREFIX, type ParquetFeed } from "./parquet-feed.ts";

export interface ImportRequest extends Omit<ImportOptions, "timeZone" | "format"> {
  readonly format: ImportOptions["format"] | "parquet";
  readonly timeZone?: string | undefined;
  /** Whether to go on with an import of the same file that did not reach its end. */
  readonly resume?: boolean | undefined;
}

/** Imports files that arrive in pieces, several at a time. */
export interface ImportService {
  begin(request: ImportRequest): Result<ImportBegun, Failure>;
  push(importId: Ulid, piece: ImportPiece): Promise<Result<ImportProgress, Failure>>;
  close(): void;
}

/** The next stretch of a file: text, or bytes of a Parquet file. */
export interface ImportPiece {
  readonly text: string;
  readonly bytes?: Uint8Array | undefined;
  readonly last: boolean;
}

interface Entry {
  readonly session: ImportSession;
  readonly feed: ParquetFeed | undefined;
  usedAt: number;
  isBusy: boolean;
}

/** An import that hears nothing for so long has lost its caller. */
const IDLE_MS = 30 * MINUTE_MS;

export function createImportService(store: Store): ImportService {
  sweepFeeds(store.db.dir);
  const sessions = new Map<Ulid, Entry>();
  const end = (id: Ulid): void => {
    const entry = sessions.get(id);
    entry?.session.abandon();
    entry?.feed?.dispose();
    sessions.delete(id);
  };
  const endIdle = (): void => {
    const limit = store.clock.now() - IDLE_MS;
    for (const [id, { usedAt }] of sessions) if (usedAt < limit) end(id);
  };
  const enter = (
    importId: Ulid,
    session: Result<ImportSession, Failure>,
    feed?: ParquetFeed,
  ): Result<Ulid, Failure> => {
    if (!session.ok) return session;
    sessions.set(importId, { session: session.value, feed, usedAt: store.clock.now(), isBusy: false });
    return ok(importId);
  };
  const others = (recordId: Ulid) => [...sessions].filter(([, { session }]) => session.id === recordId);
  const goOn = (options: ImportOptions): ImportBegun | undefined => {
    const found = findUnfinished(store, options, (id) => others(id).every(([, { isBusy }]) => !isBusy));
    if (!found) return undefined;
    // Whoever was at it before must not go on as well: its next piece belongs to another place of the file.
    const entered = enter(store.ids.next(), createImportSession(store, found.id, options, found.before));
    if (!entered.ok) return undefined;
    for (const [importId] of others(found.id)) if (importId !== entered.value) sessions.delete(importId);
    const { counts, checkpoint } = found.before;
    return { importId: entered.value, resumesAt: { rowsRead: counts.rowsRead, parts: [...checkpoint.parts] } };
  };
  return {
    begin({ resume, ...request }) {
      endIdle();
      const unknown = findUnknownChannel(store, request.columns);
      if (unknown !== undefined) return err(channelNotFound(unknown));
      const isParquet = request.format === "parquet";
      const options = readOptions(store, request);
      const resumed = resume === true && !isParquet && !options.dryRun ? goOn(options) : undefined;
      if (resumed) return ok(resumed);
      const id = store.ids.next();
      const begun = beginRecord(store, id, options);
      if (!begun.ok) return begun;
      const feed = isParquet ? createParquetFeed(store.db.dir, request.fileName) : undefined;
      const entered = enter(id, createImportSession(store, id, options), feed);
      return entered.ok ? ok({ importId: id, resumesAt: null }) : entered;
    },
    async push(importId, piece) {
      const entry = sessions.get(importId);
      if (!entry) return err(importNotFound(importId));
      entry.usedAt = store.clock.now();
      entry.isBusy = true;
      const progress = await pushPiece(entry, piece).finally(() => {
        entry.isBusy = false;
      });
      if (!progress.ok) end(importId);
      else if (progress.value.done) {
        sessions.delete(importId);
        entry.feed?.dispose();
      }
      return progress.ok ? ok({ ...progress.value, importId }) : progress;
    },
    close() {
      for (const id of [...sessions.keys()]) end(id);
    },
  };
}

async function pushPiece(
  { session, feed }: Entry,
  { text, bytes, last }: ImportPiece,
): Promise<Result<ImportProgress, Failure>> {
  if (feed === undefined) return session.push(text, last);
  if (bytes !== undefined) {
    const taken = await feed.take(bytes);
    if (!taken.ok) return taken;
  }
  if (!last) return ok(session.progress());
  const rows = await feed.next();
  return rows.ok ? session.push(rows.value.text, rows.value.last) : rows;
}

/** What killed processes left; whoever holds the workspace is the only one that imports into it. */
function sweepFeeds(dir: string): void {
  for (const name of readdirSync(dir)) {
    if (name.startsWith(FEED_PREFIX)) rmSync(join(dir, name), { recursive: true, force: true });
  }
}

function findUnknownChannel(store: Store, columns: ImportOptions["columns"]): Ulid | undefined {
  for (const { target } of columns) {
    if ("channelId" in target && !store.channels.find(target.channelId)) return target.channelId;
  }
  return undefined;
}

/** The rows of a Parquet file come as NDJSON. */
function readOptions(store: Store, request: Omit<ImportRequest, "resume">): ImportOptions {
  const format = request.format === "parquet" ? "ndjson" : request.format;
  return { ...request, format, timeZone: request.timeZone ?? store.settings.workspaceInfo().timeZone };
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
