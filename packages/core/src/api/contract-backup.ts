/**
 * The part of the contract about backups of the open workspace. Restoring needs no open workspace, and is none of it:
 * it must work where the workspace is damaged.
 */
import * as z from "zod";
import { call, stream } from "./rpc/define.ts";
import { backupEventSchema, backupPlanSchema, backupSchema } from "./schema/backup.ts";
import { emptySchema } from "./schema/common.ts";

const WRITES = ["STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_FAILED"] as const;

export const backupContract = {
  /**
   * Writes a consistent copy and checks it, then ends with it. Sensors go on being read and stored meanwhile. Those
   * made by hand are never thinned out; one that is cancelled leaves nothing behind.
   */
  "backup.create": stream(emptySchema, backupEventSchema, [...WRITES]),
  /** Reads a backup of this workspace and compares it with its manifest; ends with it where it is whole. */
  "backup.verify": stream(z.strictObject({ path: z.string() }), backupEventSchema, [
    ...WRITES,
    "BACKUP_NOT_FOUND",
    "BACKUP_DAMAGED",
  ]),
  /** Newest first. */
  "backup.list": call(emptySchema, z.array(backupSchema)),
  "backup.plan": call(emptySchema, backupPlanSchema),
  "backup.configure": call(z.strictObject({ isDaily: z.boolean() }), backupPlanSchema, [...WRITES]),
} as const;
