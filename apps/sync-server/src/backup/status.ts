import fs from "node:fs";
import path from "node:path";
import * as z from "zod";

const schema = z.object({ lastBackupAt: z.number().nullable(), lastVerifiedAt: z.number().nullable() });

/** When a backup was last made and last restored on trial, epoch milliseconds; kept beside the backups for the metrics. */
export type BackupStatus = z.output<typeof schema>;

const FILE = "status.json";

export function readBackupStatus(directory: string): BackupStatus {
  try {
    return schema.parse(JSON.parse(fs.readFileSync(path.join(directory, FILE), "utf8")));
  } catch {
    return { lastBackupAt: null, lastVerifiedAt: null };
  }
}

export function noteBackupStatus(directory: string, change: Partial<BackupStatus>): void {
  const draft = path.join(directory, `${FILE}.part`);
  fs.writeFileSync(draft, JSON.stringify({ ...readBackupStatus(directory), ...change }), { flush: true });
  fs.renameSync(draft, path.join(directory, FILE));
}
