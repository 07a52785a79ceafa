import { createCipheriv, randomBytes } from "node:crypto";
import fs from "node:fs";
import { PassThrough, Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Kysely, sql, type Transaction } from "kysely";
import { readServerSchemaVersion } from "../migrations.ts";
import type { ServerTables } from "../schema.ts";
import {
  ARCHIVE_FORMAT,
  ARCHIVE_TABLE_NAMES,
  ARCHIVE_TABLES,
  type ArchiveManifest,
  type ArchiveSummary,
  type ArchiveTable,
  SummaryBuilder,
} from "./format.ts";
import { rowToLine } from "./row-json.ts";

/** Marks an encrypted archive: then 12 bytes nonce, AES-256-GCM of the gzip stream, 16 bytes tag. */
export const ENCRYPTED_MAGIC: Buffer = Buffer.from("ECOENC1\n", "latin1");
const NONCE_BYTES = 12;
const PAGE_ROWS = 500;
/** Rows of up to a megabyte each. */
const PAGE_SEGMENTS = 16;

export interface WriteArchiveOptions {
  readonly appVersion: string;
  readonly at: number;
  /** 32 bytes; `null` leaves the archive readable for whoever has the file. */
  readonly key: Uint8Array | null;
}

/**
 * Writes everything the server keeps for its groups into one compressed file, as of one moment, while others go on
 * writing. The file appears under its name only when it is complete and on disk.
 */
export async function writeArchive(
  db: Kysely<ServerTables>,
  file: string,
  options: WriteArchiveOptions,
): Promise<{ readonly manifest: ArchiveManifest; readonly summary: ArchiveSummary; readonly bytes: number }> {
  const draft = `${file}.part`;
  const trx = await db.startTransaction().setIsolationLevel("repeatable read").execute();
  try {
    const summary = new SummaryBuilder();
    const manifest: ArchiveManifest = {
      format: ARCHIVE_FORMAT,
      schemaVersion: await readServerSchemaVersion(trx),
      appVersion: options.appVersion,
      madeAt: options.at,
    };
    const sealed = { summary: null as ArchiveSummary | null };
    const lines = archiveLines(trx, manifest, summary, (result) => {
      sealed.summary = result;
    });
    await pipeline(
      Readable.from(lines),
      createGzip({ level: 6 }),
      options.key === null ? new PassThrough() : encrypting(options.key),
      fs.createWriteStream(draft, { mode: 0o600, flush: true }),
    );
    await trx.commit().execute();
    fs.renameSync(draft, file);
    return { manifest, summary: sealed.summary ?? summary.finish(), bytes: fs.statSync(file).size };
  } catch (cause) {
    await trx
      .rollback()
      .execute()
      .catch(() => undefined);
    fs.rmSync(draft, { force: true });
    throw cause;
  }
}

async function* archiveLines(
  trx: Transaction<ServerTables>,
  manifest: ArchiveManifest,
  summary: SummaryBuilder,
  onSummary: (summary: ArchiveSummary) => void,
): AsyncGenerator<string> {
  yield `${JSON.stringify({ manifest })}\n`;
  for (const table of ARCHIVE_TABLE_NAMES) {
    for await (const line of tableLines(trx, table)) {
      summary.add(table, line);
      yield `${table} ${line}\n`;
    }
  }
  const result = summary.finish();
  onSummary(result);
  yield `${JSON.stringify({ summary: result })}\n`;
}

/** Rows, counts and hashes of a database as an archive of it would state them. */
export async function summariseDatabase(db: Kysely<ServerTables>): Promise<ArchiveSummary> {
  return await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      const summary = new SummaryBuilder();
      for (const table of ARCHIVE_TABLE_NAMES) {
        for await (const line of tableLines(trx, table)) summary.add(table, line);
      }
      return summary.finish();
    });
}

// `entry_id` is given anew by whoever imports; rows keep their order.
const GIVEN_ANEW = ["entry_id"];

async function* tableLines(trx: Transaction<ServerTables>, table: ArchiveTable): AsyncGenerator<string> {
  const order = ARCHIVE_TABLES[table];
  const columns = sql.join(order.map((column) => sql.ref(column)));
  const pageRows = table === "segments" ? PAGE_SEGMENTS : PAGE_ROWS;
  let after: Readonly<Record<string, unknown>> | undefined;
  for (;;) {
    const last: Readonly<Record<string, unknown>> | undefined = after;
    const where =
      last === undefined
        ? sql``
        : sql`where (${columns}) > (${sql.join(order.map((column) => sql.val(last[column])))})`;
    const page = await sql<Record<string, unknown>>`
      select * from ${sql.table(table)} ${where} order by ${columns} limit ${sql.lit(pageRows)}
    `.execute(trx);
    for (const row of page.rows) yield rowToLine(row, GIVEN_ANEW);
    after = page.rows.at(-1);
    if (page.rows.length < pageRows) return;
  }
}

function encrypting(key: Uint8Array): Transform {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  let started = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!started) this.push(Buffer.concat([ENCRYPTED_MAGIC, nonce]));
      started = true;
      done(null, cipher.update(chunk));
    },
    flush(done) {
      this.push(cipher.final());
      done(null, cipher.getAuthTag());
    },
  });
}
