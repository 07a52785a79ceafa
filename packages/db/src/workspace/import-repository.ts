import type { Instant, Ulid } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { WorkspaceTables } from "./schema.ts";

export interface ImportCounts {
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly readingsInserted: number;
  readonly readingsCorrected: number;
  readonly readingsUnchanged: number;
}

/** One file that was, or is being, imported. */
export interface ImportRecord extends ImportCounts {
  readonly id: Ulid;
  readonly fileName: string;
  /** Known once the whole file was seen; lower-case hex. */
  readonly fileSha256: string | null;
  readonly format: string;
  readonly status: "running" | "finished" | "failed" | "abandoned";
  /** How it was read (columns, zone), as JSON data. */
  readonly options: unknown;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
}

/** Writes belong inside `handle.write`. */
export interface ImportRepository {
  begin(record: Pick<ImportRecord, "id" | "fileName" | "format" | "options" | "startedAt">): void;
  progress(id: Ulid, counts: ImportCounts, change?: Partial<Pick<ImportRecord, "format" | "options">>): void;
  /** An import that ended before the end of its file goes on. */
  goOn(id: Ulid): void;
  finish(id: Ulid, end: { status: "finished" | "failed"; fileSha256: string | null; finishedAt: Instant }): void;
  /** Marks what a killed process left running; tells how many there were. */
  abandonRunning(at: Instant): number;
  find(id: Ulid): ImportRecord | null;
  /** Imports of a file of this name that did not reach its end, newest first. */
  unfinished(fileName: string): ImportRecord[];
  /** The finished import of the same bytes, if there was one. */
  findByFile(fileSha256: string): ImportRecord | null;
  /** Newest first. */
  list(): ImportRecord[];
}

export function importRepository(handle: SqliteHandle): ImportRepository {
  const query = createSyncQuery<WorkspaceTables>(handle.sqlite);
  const { build } = query;
  const all = build.selectFrom("imports").selectAll().orderBy("started_at", "desc").orderBy("id", "desc");
  const one = (row: WorkspaceTables["imports"] | undefined) => (row === undefined ? null : rowToImport(row));
  const update = (id: Ulid, change: Partial<WorkspaceTables["imports"]>) => {
    query.run(build.updateTable("imports").set(change).where("id", "=", id));
  };
  return {
    begin(record) {
      query.run(
        build.insertInto("imports").values({
          id: record.id,
          file_name: record.fileName,
          file_sha256: null,
          format: record.format,
          status: "running",
          options: JSON.stringify(record.options ?? null),
          ...countsToRow({
            rowsRead: 0,
            rowsRejected: 0,
            readingsInserted: 0,
            readingsCorrected: 0,
            readingsUnchanged: 0,
          }),
          started_at: record.startedAt,
          finished_at: null,
        }),
      );
    },
    progress: (id, counts, { format, options } = {}) =>
      update(id, {
        ...countsToRow(counts),
        ...(format === undefined ? {} : { format }),
        ...(options === undefined ? {} : { options: JSON.stringify(options) }),
      }),
    goOn: (id) => update(id, { status: "running", finished_at: null }),
    finish: (id, end) => update(id, { status: end.status, file_sha256: end.fileSha256, finished_at: end.finishedAt }),
    abandonRunning: (at) =>
      query.run(
        build.updateTable("imports").set({ status: "abandoned", finished_at: at }).where("status", "=", "running"),
      ),
    unfinished: (fileName) =>
      query.all(all.where("file_name", "=", fileName).where("status", "!=", "finished")).map(rowToImport),
    find: (id) => one(query.first(all.where("id", "=", id))),
    findByFile: (sha256) => one(query.first(all.where("file_sha256", "=", sha256).where("status", "=", "finished"))),
    list: () => query.all(all).map(rowToImport),
  };
}

function countsToRow(counts: ImportCounts) {
  return {
    rows_read: counts.rowsRead,
    rows_rejected: counts.rowsRejected,
    readings_inserted: counts.readingsInserted,
    readings_corrected: counts.readingsCorrected,
    readings_unchanged: counts.readingsUnchanged,
  };
}

function rowToImport(row: WorkspaceTables["imports"]): ImportRecord {
  return {
    id: row.id,
    fileName: row.file_name,
    fileSha256: row.file_sha256,
    format: row.format,
    status: row.status as ImportRecord["status"],
    options: JSON.parse(row.options),
    rowsRead: row.rows_read,
    rowsRejected: row.rows_rejected,
    readingsInserted: row.readings_inserted,
    readingsCorrected: row.readings_corrected,
    readingsUnchanged: row.readings_unchanged,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
