import { DAY_MS, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { createBackup, listBackups, pruneBackups } from "@ecolocal/db/backup";
import type { Store } from "../store/index.ts";

/** A week of days, and the last upgrades. */
const KEPT = { daily: 7, beforeUpgrade: 3 };

/** Backs the workspace up when the last daily backup is a day old; the demo can be made again and needs none. */
export function backUpDaily({ db, settings, clock }: Store, appVersion: string): Result<void, Failure> {
  if (settings.workspaceInfo().kind === "demo") return ok(undefined);
  const newest = listBackups(db.dir).find(({ manifest }) => manifest.reason === "daily");
  if (newest && clock.now() - newest.manifest.createdAt < DAY_MS) return ok(undefined);
  const made = createBackup(db, { clock, appVersion, reason: "daily" });
  if (!made.ok) return made;
  const pruned = pruneBackups(db.dir, KEPT);
  return pruned.ok ? ok(undefined) : pruned;
}
