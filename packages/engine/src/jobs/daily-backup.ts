import { DAY_MS, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { BackupService } from "../backups/index.ts";
import type { Store } from "../store/index.ts";

/**
 * Backs the workspace up, and checks the copy, when the last daily backup is a day old; the demo can be made again and
 * needs none.
 */
export async function backUpDaily(
  { settings, clock }: Store,
  backups: BackupService,
  signal: AbortSignal,
): Promise<Result<void, Failure>> {
  if (settings.workspaceInfo().kind === "demo" || !backups.plan().isDaily) return ok(undefined);
  const newest = (await backups.list()).find(({ manifest }) => manifest.reason === "daily");
  if (newest && clock.now() - newest.manifest.createdAt < DAY_MS) return ok(undefined);
  const made = await backups.create("daily", { signal });
  return made.ok ? ok(undefined) : made;
}
