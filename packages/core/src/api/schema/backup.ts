import * as z from "zod";
import { instantSchema } from "./common.ts";

export const backupSchema = z.strictObject({
  /** Folder with the database and its manifest, on the computer of the engine. */
  path: z.string(),
  createdAt: instantSchema,
  reason: z.enum(["manual", "daily", "before-upgrade", "before-sync"]),
  bytes: z.number().int(),
  appVersion: z.string(),
  schemaVersion: z.number().int(),
  workspaceName: z.string(),
  /** When it was last read and compared in full, and whether it was whole; null for old ones that nobody checked. */
  checked: z.strictObject({ at: instantSchema, isWhole: z.boolean() }).nullable(),
});

/** Copying comes first, then the copy is read back and checked; both count bytes of their own. */
export const backupEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("progress"),
    phase: z.enum(["copy", "check"]),
    doneBytes: z.number().int(),
    totalBytes: z.number().int(),
    /** Of this phase, at the pace so far; null while that would be a guess. */
    remainingMs: z.number().int().nullable(),
  }),
  z.strictObject({ kind: z.literal("done"), backup: backupSchema }),
]);

export const backupPlanSchema = z.strictObject({
  /** Folder of the workspace's backups, on the computer of the engine; made with the first one. */
  folder: z.string(),
  /** Whether one is made each day the workspace is in use. */
  isDaily: z.boolean(),
});
