/**
 * The part of the contract about backups of the open workspace. Restoring needs no open workspace, and is none of it:
 * it must work where the workspace is damaged.
 */
import * as z from "zod";
import { call } from "./rpc/define.ts";
import { backupSchema } from "./schema/backup.ts";
import { emptySchema } from "./schema/common.ts";

const WRITES = ["STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_FAILED"] as const;

export const backupContract = {
  /**
   * Writes a consistent copy and checks it; readings that arrive meanwhile are stored after it. Those made by hand are never
   * thinned out.
   */
  "backup.create": call(emptySchema, backupSchema, [...WRITES, "BACKUP_DAMAGED"]),
  /** Newest first. */
  "backup.list": call(emptySchema, z.array(backupSchema)),
} as const;
