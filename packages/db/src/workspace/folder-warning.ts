import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Failure } from "@ecolocal/core/shared";

const FOLDER_NAMES: readonly (readonly [service: string, pattern: RegExp])[] = [
  ["OneDrive", /^onedrive( - .+)?$/i],
  ["OneDrive", /^onedrive-.+$/i],
  ["Dropbox", /^dropbox( \(.+\))?$/i],
  ["iCloud Drive", /^(icloud ?drive|com~apple~clouddocs)$/i],
  ["iCloud Drive", /^mobile documents$/i],
  ["Google Drive", /^(google ?drive|my drive|googledrive-.+)$/i],
  ["Nextcloud", /^nextcloud\d*$/i],
  ["ownCloud", /^owncloud$/i],
  ["Proton Drive", /^(proton ?drive|protondrive-.+)$/i],
  ["pCloud", /^(pcloud ?drive|pcloud ?sync)$/i],
  ["MEGA", /^mega(sync)?( downloads)?$/i],
  ["Box", /^(box( sync)?|box-box)$/i],
  ["Seafile", /^seafile$/i],
  ["Syncthing", /^syncthing$/i],
  ["Resilio Sync", /^resilio ?sync$/i],
  ["Yandex Disk", /^yandex\.?disk$/i],
];

// Left in the root of a synchronised folder by the service itself, whatever the folder is called.
const MARKER_FILES: readonly (readonly [service: string, name: string])[] = [
  ["Syncthing", ".stfolder"],
  ["Dropbox", ".dropbox.cache"],
  ["Nextcloud", ".nextcloudsync.log"],
  ["ownCloud", ".owncloudsync.log"],
  ["Google Drive", ".tmp.driveupload"],
];

/**
 * Warns about a folder that a cloud service copies while the workspace is open: its copies are torn between database
 * and write-ahead log, and a second computer would write to the same files.
 */
export function syncedFolderWarning(dir: string): Failure<"WORKSPACE_FOLDER_SYNCED"> | null {
  const service = syncingService(resolve(dir));
  if (service === null) return null;
  return {
    code: "WORKSPACE_FOLDER_SYNCED",
    op: "workspace.open",
    subject: dir,
    detail: `The folder seems to be synchronised by ${service}, which can damage a database that is open.`,
    hint: "Keep the workspace in a folder of this computer only, and share it through EcoLocal's backups or sync.",
    retry: "after-change",
  };
}

function syncingService(path: string): string | null {
  for (const segment of path.split(/[\\/]/)) {
    const match = FOLDER_NAMES.find(([, pattern]) => pattern.test(segment));
    if (match !== undefined) return match[0];
  }
  for (let folder = path; ; folder = dirname(folder)) {
    const match = MARKER_FILES.find(([, name]) => existsSync(join(folder, name)));
    if (match !== undefined) return match[0];
    if (dirname(folder) === folder) return null;
  }
}
