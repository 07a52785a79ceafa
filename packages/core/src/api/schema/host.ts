import * as z from "zod";
import { backupSchema } from "./backup.ts";
import { failureSchema, instantSchema, nameSchema } from "./common.ts";
import { syncJoinSchema } from "./sync.ts";

/** What a host shows at the moment. */
export const hostStateSchema = z.discriminatedUnion("kind", [
  /** Nobody has chosen a workspace yet: the first run. */
  z.strictObject({ kind: z.literal("welcome") }),
  z.strictObject({ kind: z.literal("open"), path: z.string() }),
  /** The workspace cannot be opened, not even for reading. */
  z.strictObject({ kind: z.literal("refused"), path: z.string(), failure: failureSchema }),
]);

/** A workspace this computer knows of. */
export const knownWorkspaceSchema = z.strictObject({
  path: z.string(),
  name: z.string(),
  kind: z.enum(["own", "demo"]),
  /** Null for a demo that was never looked at. */
  openedAt: instantSchema.nullable(),
  isCurrent: z.boolean(),
});

/** A folder on the computer of the host: absolute, or below the home folder (`~/air`). */
export const folderSchema = z.string().trim().min(1).max(4000);

export const foundingSchema = z.strictObject({
  name: nameSchema,
  place: z.string().trim().max(300).default(""),
  /** IANA zone; that of the computer when absent. */
  timeZone: z.string().max(64).optional(),
  /** BCP 47 tag. */
  locale: z.string().max(35).default("en"),
  /** Where it goes; a free place in EcoLocal's own data directory when absent. */
  path: folderSchema.optional(),
});

export const joiningSchema = syncJoinSchema.extend({
  timeZone: z.string().max(64).optional(),
  locale: z.string().max(35).default("en"),
});

export const backupsOfSchema = z.strictObject({
  /** A workspace, or one backup; those of every workspace this computer knows of when absent. */
  path: folderSchema.optional(),
});

export const restoringSchema = z.strictObject({
  /** Folder of the backup. */
  backup: folderSchema,
  /** Where the new workspace goes; a free place in EcoLocal's own data directory when absent. */
  path: folderSchema.optional(),
});

export const openedWorkspaceSchema = z.strictObject({ path: z.string() });
export const foundBackupsSchema = z.array(backupSchema);
