import { type Clock, ok, type Result } from "@ecolocal/core/shared";
import type { WorkspaceFailure, WorkspaceInfo } from "../workspace/index.ts";
import { restoreInThread } from "./backup-thread.ts";
import { type BackupFailure, checkBackup } from "./backups.ts";
import type { Backup } from "./write-backup.ts";

export interface RestoreContext {
  readonly clock: Clock;
  /** Name of the restored workspace; default: the name it had. */
  readonly name?: string;
}

export interface RestoredBackup {
  readonly workspace: WorkspaceInfo;
  readonly backup: Backup;
}

/**
 * Makes a new workspace out of a backup, which is verified first; an existing workspace is never overwritten. The
 * restored workspace is a device of its own: what the original wrote after the backup cannot collide with it. Both
 * happen on a thread of their own, so that the workspace that is open goes on meanwhile.
 */
export async function restoreBackup(
  path: string,
  targetDir: string,
  { clock, name }: RestoreContext,
): Promise<Result<RestoredBackup, BackupFailure | WorkspaceFailure>> {
  const checked = await checkBackup(path);
  if (!checked.ok) return checked;
  const backupAt = checked.value.manifest.createdAt;
  const restored = await restoreInThread({ path, targetDir, backupAt, at: clock.now(), name });
  return restored.ok ? ok({ workspace: restored.value, backup: checked.value }) : restored;
}
