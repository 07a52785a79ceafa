import { mkdtempSync, rmSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { storageFailure } from "@ecolocal/db/sqlite";

/** A Parquet file that arrives in pieces: its index is at its end, so it waits on the disk until all of it is there. */
export interface ParquetFeed {
  take(bytes: Uint8Array): Promise<Result<void, Failure>>;
  /** The next rows as NDJSON; call it once everything was taken. */
  next(): Promise<Result<{ readonly text: string; readonly last: boolean }, Failure>>;
  dispose(): void;
}

/** Of a folder below the workspace; what a killed process leaves is swept when the next import begins. */
export const FEED_PREFIX = ".import-";

export function createParquetFeed(workspaceDir: string, fileName: string): ParquetFeed {
  let folder: string | undefined;
  let rows: AsyncIterator<Uint8Array> | undefined;
  let ahead: IteratorResult<Uint8Array> | undefined;
  const path = (): string => {
    folder ??= mkdtempSync(join(workspaceDir, FEED_PREFIX));
    return join(folder, "file.parquet");
  };
  return {
    async take(bytes) {
      try {
        await appendFile(path(), bytes);
        return ok(undefined);
      } catch (error) {
        return err(storageFailure(error, "data.import", fileName));
      }
    },
    async next() {
      if (rows === undefined) {
        const { openParquetRows } = await import("../parquet/index.ts");
        const opened = await openParquetRows(path(), fileName);
        if (!opened.ok) return opened;
        rows = opened.value[Symbol.asyncIterator]();
      }
      try {
        const current = ahead ?? (await rows.next());
        if (current.done === true) return ok({ text: "", last: true });
        ahead = await rows.next();
        return ok({ text: Buffer.from(current.value).toString(), last: ahead.done === true });
      } catch (error) {
        return err(damaged(fileName, error));
      }
    },
    dispose() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function damaged(fileName: string, error: unknown): Failure<"IMPORT_FORMAT_UNKNOWN"> {
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: "IMPORT_FORMAT_UNKNOWN",
    op: "data.import",
    subject: fileName,
    detail: `${fileName} is damaged (${why}). Rows that were read before stay.`,
    retry: "after-change",
  };
}
