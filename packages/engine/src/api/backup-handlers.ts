import { ok } from "@ecolocal/core/shared";
import type { Backup } from "@ecolocal/db/backup";
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

function viewBackup({ path, manifest }: Backup) {
  const { createdAt, reason, file, appVersion, schemaVersion, workspace } = manifest;
  return { path, createdAt, reason, bytes: file.bytes, appVersion, schemaVersion, workspaceName: workspace.name };
}
