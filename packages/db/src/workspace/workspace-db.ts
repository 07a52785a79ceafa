import type { Failure } from "@ecolocal/core/shared";
import type { SqliteHandle } from "../sqlite/index.ts";

/** What a workspace is, as its settings tell. */
export interface WorkspaceInfo {
  readonly id: string;
  readonly name: string;
  readonly kind: "own" | "demo";
  /** IANA zone in which days are cut. */
  readonly timeZone: string;
  /** BCP 47 tag. */
  readonly locale: string;
  readonly place: string;
  readonly createdAt: number;
}

/** An open workspace database. Close it before the process ends; a process that is killed loses nothing either. */
export interface WorkspaceDb extends SqliteHandle {
  readonly dir: string;
  readonly mode: "live" | "read-only";
  /** Why a workspace that was asked for live is read-only; null when nothing is wrong. */
  readonly readOnlyBecause: Failure<"WORKSPACE_NEWER" | "WORKSPACE_CORRUPT" | "STORAGE_READ_ONLY"> | null;
  /** The folder is a copy of one that was open: what the original was writing then may be missing. */
  readonly copiedWhileOpen: boolean;
  /** Tells this database file from its copies; document writers take new ids when it changes. */
  readonly fileIdentity: string;
  /** Number of schema steps in the database. */
  readonly schemaVersion: number;
  /** Size of the database with its write-ahead log. */
  storageBytes(): number;
  close(): void;
}
