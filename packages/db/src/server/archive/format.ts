import { createHash, type Hash } from "node:crypto";
import { err, type Failure, type Instant } from "@ecolocal/core/shared";

/** Layout of the file; a reader refuses what is newer. */
export const ARCHIVE_FORMAT = 1;

/**
 * Tables of an archive in the order in which they can be inserted, with the columns that order their rows.
 * Signing keys and uploads that are under way stay out: after a restore devices prove themselves again, and an archive opens no door.
 */
export const ARCHIVE_TABLES = {
  workspaces: ["workspace_id"],
  members: ["workspace_id", "user_id"],
  devices: ["device_id"],
  invitations: ["invitation_id"],
  document_access: ["workspace_id", "document_id", "user_id"],
  sync_documents: ["workspace_id", "document_id"],
  sync_updates: ["workspace_id", "document_id", "seq"],
  audit_log: ["entry_id"],
  segment_channels: ["workspace_id", "channel_id"],
  segments: ["workspace_id", "channel_id", "day"],
} as const satisfies Record<string, readonly string[]>;

export type ArchiveTable = keyof typeof ARCHIVE_TABLES;
export const ARCHIVE_TABLE_NAMES: readonly ArchiveTable[] = Object.keys(ARCHIVE_TABLES) as ArchiveTable[];

/** First line of an archive. */
export interface ArchiveManifest {
  readonly format: number;
  readonly schemaVersion: number;
  readonly appVersion: string;
  /** When the snapshot was taken: everything acknowledged before is in it. */
  readonly madeAt: Instant;
}

/** Last line of an archive: what it must hold, by table. */
export type ArchiveSummary = Readonly<Record<ArchiveTable, { readonly rows: number; readonly sha256: string }>>;

export type ArchiveFailure = Failure<
  "SYNC_ARCHIVE_DAMAGED" | "SYNC_ARCHIVE_TOO_NEW" | "SYNC_ARCHIVE_NOT_READABLE" | "SYNC_RESTORE_REFUSED"
>;

/** Counts and hashes rows as they pass. */
export class SummaryBuilder {
  readonly #rows = new Map<ArchiveTable, number>();
  readonly #hashes = new Map<ArchiveTable, Hash>();

  add(table: ArchiveTable, line: string): void {
    this.#rows.set(table, (this.#rows.get(table) ?? 0) + 1);
    const hash = this.#hashes.get(table) ?? createHash("sha256");
    this.#hashes.set(table, hash.update(line).update("\n"));
  }

  finish(): ArchiveSummary {
    return Object.fromEntries(
      ARCHIVE_TABLE_NAMES.map((table) => [
        table,
        {
          rows: this.#rows.get(table) ?? 0,
          sha256: (this.#hashes.get(table) ?? createHash("sha256")).digest("hex"),
        },
      ]),
    ) as ArchiveSummary;
  }
}

export function archiveFailure(
  code: ArchiveFailure["code"],
  subject: string,
  detail: string,
  hint?: string,
): { readonly ok: false; readonly error: ArchiveFailure } {
  return err({ code, op: "archive", subject, detail, ...(hint === undefined ? {} : { hint }), retry: "after-change" });
}
