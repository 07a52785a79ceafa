// A thread of its own: copying and reading a large database would keep the engine's thread from its sensors.
import assert from "node:assert/strict";
import { parentPort, workerData } from "node:worker_threads";
import { err, ok, type Result } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import { type StorageFailure, storageFailure } from "../sqlite/index.ts";
import type { WorkspaceFailure } from "../workspace/index.ts";
import { readManifest } from "./backup-manifest.ts";
import { type BackupTask, type BackupThreadMessage, type CopyTask, OPERATIONS } from "./backup-thread.ts";
import { foundRestored } from "./found-restored.ts";
import { findDamage, type TellProgress } from "./inspect-backup.ts";
import { type Backup, fillDraft } from "./write-backup.ts";

const port = parentPort;
assert(port, "backup-worker runs as a worker thread");
const post = (message: BackupThreadMessage): void => port.postMessage(message);
const tell: TellProgress = (progress) => post({ kind: "progress", progress });

post({ kind: "answer", answer: run(workerData as BackupTask) });

function run(task: BackupTask): Result<unknown, StorageFailure | WorkspaceFailure> {
  try {
    if (task.kind === "restore") return foundRestored(task.facts);
    return ok(task.kind === "copy" ? copy(task) : check(task.path));
  } catch (error) {
    return err(storageFailure(error, OPERATIONS[task.kind], task.subject));
  }
}

function copy({ database, draft, facts }: CopyTask): Backup {
  const sqlite = new Database(database, { readonly: true, fileMustExist: true });
  try {
    return fillDraft(sqlite, draft, facts, tell);
  } finally {
    sqlite.close();
  }
}

function check(path: string): string | null {
  const manifest = readManifest(path);
  return manifest === null ? "its manifest is missing or unreadable" : findDamage(path, manifest, tell);
}
