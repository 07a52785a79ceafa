import type { BackupPlan } from "@ecolocal/core/api";
import { type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { Backup, BackupFailure, BackupReason, BackupRunOptions } from "@ecolocal/db/backup";
import { backupsPath } from "@ecolocal/db/lock";
import type { Store } from "../store/index.ts";

/** A week of days, and the last upgrades. */
const KEPT = { daily: 7, beforeUpgrade: 3 };
const DAILY_SETTING = "backup.daily";

/** Backups of the open workspace, made and checked beside the work of the engine. */
export interface BackupService {
  /** A verified one; those made automatically thin out the older ones of their kind. */
  create(reason: BackupReason, options?: BackupRunOptions): Promise<Result<Backup, Failure>>;
  /** Reads a backup of this workspace in full, and notes what came of it. */
  verify(path: string, options?: BackupRunOptions): Promise<Result<Backup, BackupFailure>>;
  /** Newest first. */
  list(): Promise<Backup[]>;
  plan(): BackupPlan;
  configure(change: Pick<BackupPlan, "isDaily">): Result<BackupPlan, Failure>;
  /** Ends what is under way; afterwards nothing is left of it. */
  close(): Promise<void>;
}

const load = () => import("@ecolocal/db/backup");

export function createBackupService(store: Store, appVersion: string): BackupService {
  const { db, clock, settings } = store;
  const ending = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  const run = async <T>(options: BackupRunOptions, work: (all: BackupRunOptions) => Promise<T>): Promise<T> => {
    const signal = options.signal ? AbortSignal.any([options.signal, ending.signal]) : ending.signal;
    const working = work({ ...options, signal });
    underWay.add(working);
    try {
      return await working;
    } finally {
      underWay.delete(working);
    }
  };
  const plan = (): BackupPlan => ({ folder: backupsPath(db.dir), isDaily: settings.get(DAILY_SETTING) !== false });

  return {
    plan,
    create: (reason, options = {}) =>
      run(options, async (all) => {
        const { createBackup, pruneBackups } = await load();
        const made = await createBackup(db, { clock, appVersion, reason }, all);
        store.changes.notify("workspace");
        if (!made.ok || reason === "manual") return made;
        const pruned = pruneBackups(db.dir, KEPT);
        return pruned.ok ? made : pruned;
      }),
    verify: (path, options = {}) =>
      run(options, async (all) => {
        const { listBackups, verifyBackup } = await load();
        const own = listBackups(db.dir).find((backup) => backup.path === path);
        // Any other path is told as missing: this is no way to ask what is on the disk.
        const found = await verifyBackup(own?.path ?? "", clock, all);
        store.changes.notify("workspace");
        return found;
      }),
    list: async () => (await load()).listBackups(db.dir),
    configure({ isDaily }) {
      const stored = db.write("backup.configure", db.dir, () => settings.set(DAILY_SETTING, isDaily));
      if (!stored.ok) return stored;
      store.changes.notify("workspace");
      return ok(plan());
    },
    async close() {
      ending.abort();
      await Promise.allSettled(underWay);
    },
  };
}
