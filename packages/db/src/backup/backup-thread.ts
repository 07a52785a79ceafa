import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { err, type Result } from "@ecolocal/core/shared";
import type { StorageFailure } from "../sqlite/index.ts";
import type { WorkspaceFailure, WorkspaceInfo } from "../workspace/index.ts";
import { BACKUP_DATABASE_NAME, type BackupFacts } from "./backup-manifest.ts";
import type { RestoreFacts } from "./found-restored.ts";
import type { BackupProgress, TellProgress } from "./inspect-backup.ts";
import type { BackupDraft } from "./partial-backups.ts";
import type { Backup } from "./write-backup.ts";

export interface BackupRunOptions {
  /** Ends the work with the signal's reason; nothing of it is left then. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: TellProgress | undefined;
}

export interface CopyTask {
  readonly kind: "copy";
  readonly subject: string;
  readonly database: string;
  readonly draft: BackupDraft;
  readonly facts: BackupFacts;
  /** Expected size of the copy. */
  readonly totalBytes: number;
}

export interface CheckTask {
  readonly kind: "check";
  readonly subject: string;
  readonly path: string;
}

export interface RestoreTask {
  readonly kind: "restore";
  readonly subject: string;
  readonly facts: RestoreFacts;
}

export type BackupTask = CopyTask | CheckTask | RestoreTask;

export type BackupThreadMessage =
  | { readonly kind: "progress"; readonly progress: BackupProgress }
  | { readonly kind: "answer"; readonly answer: Result<unknown, StorageFailure | WorkspaceFailure> };

/** What a failure of a task says it was about. */
export const OPERATIONS = { copy: "backup.create", check: "backup.verify", restore: "backup.restore" } as const;

const LOOK_EVERY_MS = 200;

/** Copies a database on a thread of its own, which has a connection of its own. */
export async function copyInThread(task: CopyTask, options: BackupRunOptions): Promise<Result<Backup, StorageFailure>> {
  const { draft, totalBytes } = task;
  // The thread is inside one long statement: how far it is shows only in the growing file.
  const looking = setInterval(() => {
    stat(join(draft.partial, BACKUP_DATABASE_NAME)).then(
      ({ size }) => options.onProgress?.({ phase: "copy", doneBytes: Math.min(size, totalBytes), totalBytes }),
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  const stopLooking = (): void => clearInterval(looking);
  const onProgress: TellProgress = (progress) => {
    stopLooking();
    options.onProgress?.(progress);
  };
  try {
    return (await run(task, { ...options, onProgress })) as Result<Backup, StorageFailure>;
  } finally {
    stopLooking();
  }
}

/** Compares a backup with its manifest on a thread of its own; answers what is wrong, or null. */
export async function checkInThread(
  task: CheckTask,
  options: BackupRunOptions,
): Promise<Result<string | null, StorageFailure>> {
  return (await run(task, options)) as Result<string | null, StorageFailure>;
}

/** Makes a workspace out of a checked backup on a thread of its own. */
export async function restoreInThread(facts: RestoreFacts): Promise<Result<WorkspaceInfo, WorkspaceFailure>> {
  const task: RestoreTask = { kind: "restore", subject: facts.targetDir, facts };
  return (await run(task, {})) as Result<WorkspaceInfo, WorkspaceFailure>;
}

/** SQLite cannot be interrupted inside a statement: cancelling takes effect when the copy of the database is through. */
function run(task: BackupTask, { signal, onProgress }: BackupRunOptions): Promise<unknown> {
  signal?.throwIfAborted();
  const worker = new Worker(workerUrl(), { workerData: task, execArgv: nodeArguments() });
  const stop = (): void => void worker.terminate();
  signal?.addEventListener("abort", stop, { once: true });
  return new Promise<unknown>((resolve, reject) => {
    let answer: unknown;
    worker.on("message", (message: BackupThreadMessage) => {
      if (message.kind === "progress") onProgress?.(message.progress);
      else answer = message.answer;
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (signal?.aborted) reject(signal.reason);
      else resolve(answer ?? err(endedEarly(task, code)));
    });
  }).finally(() => signal?.removeEventListener("abort", stop));
}

const isSource = import.meta.url.endsWith(".ts");

function workerUrl(): URL {
  return new URL(isSource ? "./backup-worker.ts" : "./backup-worker.js", import.meta.url);
}

/** None of the process's own, which may be about its main script; from the sources, packages are found as there. */
function nodeArguments(): string[] {
  return isSource ? ["--conditions=source"] : [];
}

function endedEarly({ kind, subject }: BackupTask, exitCode: number): StorageFailure {
  return {
    code: "STORAGE_FAILED",
    op: OPERATIONS[kind],
    subject,
    detail: `The thread that works on the backup ended early (${exitCode}).`,
    retry: "backoff",
  };
}
