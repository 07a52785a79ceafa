import { ok } from "@ecolocal/core/shared";
import { viewBackup } from "../backups/index.ts";
import type { HandlersOf, Services } from "./services.ts";

const loadBackups = () => import("@ecolocal/db/backup");

export function backupHandlers({ store, appVersion }: Services): HandlersOf<"backup"> {
  return {
    "backup.create": async () => {
      const { createBackup, verifyBackup } = await loadBackups();
      const made = createBackup(store.db, { clock: store.clock, appVersion, reason: "manual" });
      if (!made.ok) return made;
      const verified = await verifyBackup(made.value.path);
      return verified.ok ? ok(viewBackup(verified.value)) : verified;
    },
    "backup.list": async () => ok((await loadBackups()).listBackups(store.db.dir).map(viewBackup)),
  };
}
