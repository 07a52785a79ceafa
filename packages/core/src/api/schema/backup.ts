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
});
