import { createDecipheriv, createHash } from "node:crypto";
import fs from "node:fs";
import readline from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ok, type Result } from "@ecolocal/core/shared";
import * as z from "zod";
import { SERVER_SCHEMA_VERSION } from "../migrations.ts";
import {
  ARCHIVE_FORMAT,
  ARCHIVE_TABLE_NAMES,
  type ArchiveFailure,
  type ArchiveManifest,
  type ArchiveSummary,
  type ArchiveTable,
  archiveFailure,
  SummaryBuilder,
} from "./format.ts";
import { ENCRYPTED_MAGIC } from "./write-archive.ts";

const NONCE_END = ENCRYPTED_MAGIC.length + 12;
const TAG_BYTES = 16;

const NO_ROWS = { sha256: createHash("sha256").digest("hex") };

const manifestLine = z.object({
  manifest: z.object({
    format: z.number().int(),
    schemaVersion: z.number().int(),
    appVersion: z.string(),
    madeAt: z.number(),
  }),
});
const summaryLine = z.object({
  summary: z.record(z.string(), z.object({ rows: z.number().int(), sha256: z.string() })),
});

/** What is done with an archive while it is read; `row` gets lines in the order of the tables. */
export interface ArchiveVisitor {
  manifest(manifest: ArchiveManifest): Promise<Result<true, ArchiveFailure>>;
  row(table: ArchiveTable, line: string): Promise<void>;
}

/** Reads an archive to its end and compares every count and hash with what its last line states. */
export async function readArchive(
  file: string,
  key: Uint8Array | null,
  visitor: ArchiveVisitor,
): Promise<Result<{ readonly manifest: ArchiveManifest; readonly summary: ArchiveSummary }, ArchiveFailure>> {
  const opened = openBytes(file, key);
  if (!opened.ok) return opened;
  try {
    return await readLines(file, opened.value, visitor);
  } catch (cause) {
    return archiveFailure("SYNC_ARCHIVE_DAMAGED", file, cause instanceof Error ? cause.message : String(cause));
  }
}

/** Whether an archive is whole: every row there, every hash equal. Needs no database. */
export async function checkArchive(
  file: string,
  key: Uint8Array | null,
): Promise<Result<{ readonly manifest: ArchiveManifest; readonly summary: ArchiveSummary }, ArchiveFailure>> {
  return await readArchive(file, key, { manifest: async () => ok(true), row: async () => undefined });
}

async function readLines(file: string, bytes: Readable, visitor: ArchiveVisitor) {
  const gunzip = createGunzip();
  bytes.on("error", (cause) => gunzip.destroy(cause));
  const lines = readline.createInterface({ input: bytes.pipe(gunzip), crlfDelay: Number.POSITIVE_INFINITY });
  // Without this a broken stream would end the lines early and silently.
  let broken: Error | null = null;
  gunzip.on("error", (cause) => {
    broken = cause;
    lines.close();
  });
  const builder = new SummaryBuilder();
  let manifest: ArchiveManifest | null = null;
  let stated: ArchiveSummary | null = null;
  for await (const line of lines) {
    if (manifest === null) {
      manifest = manifestLine.parse(JSON.parse(line)).manifest;
      const accepted = tooNew(file, manifest) ?? (await visitor.manifest(manifest));
      if (!accepted.ok) return accepted;
    } else if (line.startsWith("{")) {
      stated = summaryLine.parse(JSON.parse(line)).summary as ArchiveSummary;
    } else {
      const table = tableOf(line);
      const text = line.slice(table.length + 1);
      builder.add(table, text);
      await visitor.row(table, text);
    }
  }
  if (broken !== null) throw broken;
  const found = builder.finish();
  if (manifest === null || stated === null) return archiveFailure("SYNC_ARCHIVE_DAMAGED", file, "it breaks off");
  // An archive of an older schema says nothing of tables that did not exist, and holds no rows of them.
  const wrong = ARCHIVE_TABLE_NAMES.find((table) => (stated[table] ?? NO_ROWS).sha256 !== found[table].sha256);
  if (wrong !== undefined) return archiveFailure("SYNC_ARCHIVE_DAMAGED", file, `rows of ${wrong} differ`);
  return ok({ manifest, summary: found });
}

function tableOf(line: string): ArchiveTable {
  const name = line.slice(0, line.indexOf(" "));
  const table = ARCHIVE_TABLE_NAMES.find((candidate) => candidate === name);
  if (table === undefined) throw new TypeError(`It holds rows of an unknown table ${name}.`);
  return table;
}

function tooNew(file: string, { format, schemaVersion }: ArchiveManifest) {
  if (format <= ARCHIVE_FORMAT && schemaVersion <= SERVER_SCHEMA_VERSION) return null;
  return archiveFailure(
    "SYNC_ARCHIVE_TOO_NEW",
    file,
    `it has format ${format} and schema ${schemaVersion}`,
    "Restore it with the version of the server that wrote it, or a newer one.",
  );
}

function openBytes(file: string, key: Uint8Array | null): Result<Readable, ArchiveFailure> {
  try {
    const handle = fs.openSync(file, "r");
    const head = Buffer.alloc(NONCE_END);
    fs.readSync(handle, head, 0, NONCE_END, 0);
    const { size } = fs.fstatSync(handle);
    const encrypted = head.subarray(0, ENCRYPTED_MAGIC.length).equals(ENCRYPTED_MAGIC);
    if (!encrypted) {
      fs.closeSync(handle);
      return ok(fs.createReadStream(file));
    }
    if (key === null) {
      fs.closeSync(handle);
      return archiveFailure("SYNC_ARCHIVE_NOT_READABLE", file, "it is encrypted", "Name the key file.");
    }
    const tag = Buffer.alloc(TAG_BYTES);
    fs.readSync(handle, tag, 0, TAG_BYTES, size - TAG_BYTES);
    fs.closeSync(handle);
    const decipher = createDecipheriv("aes-256-gcm", key, head.subarray(ENCRYPTED_MAGIC.length));
    decipher.setAuthTag(tag);
    const source = fs.createReadStream(file, { start: NONCE_END, end: size - TAG_BYTES - 1 });
    source.on("error", (cause) => decipher.destroy(cause));
    return ok(source.pipe(decipher));
  } catch (cause) {
    return archiveFailure("SYNC_ARCHIVE_NOT_READABLE", file, cause instanceof Error ? cause.message : String(cause));
  }
}
