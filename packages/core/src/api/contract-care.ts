/** The part of the contract that looks after stored readings: is it whole, how big is it, what of it holds. */
import * as z from "zod";
import { call, stream } from "./rpc/define.ts";
import {
  annotateSchema,
  annotationSchema,
  compactEventSchema,
  retentionPoliciesSchema,
  retentionReportSchema,
  retentionSchema,
  setRetentionSchema,
  storageSchema,
  verifyEventSchema,
} from "./schema/care.ts";
import { emptySchema, ulidSchema } from "./schema/common.ts";

const WRITES = ["STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_FAILED"] as const;

export const careContract = {
  /** Checks every block against its checksum and every summary against its recomputation; ends with one report. */
  "data.verify": stream(z.strictObject({ repair: z.boolean().default(false) }), verifyEventSchema, [...WRITES]),
  "data.storage": call(emptySchema, storageSchema, ["STORAGE_FAILED"]),
  /** Compresses what is waiting, also while it is paused; with `today`, the day that still goes on as well. */
  "data.compact": stream(z.strictObject({ today: z.boolean().default(false) }), compactEventSchema, [...WRITES]),
  /** Holds the compression in the background back, over restarts, or lets it go on. */
  "data.pauseCompression": call(z.strictObject({ paused: z.boolean() }), storageSchema, [...WRITES]),
  /** Excludes or adjusts a stretch of readings; what was measured stays as it is, so that it can be undone. */
  "data.annotate": call(annotateSchema, annotationSchema, [...WRITES, "CHANNEL_NOT_FOUND"]),
  "data.undoAnnotation": call(
    z.strictObject({ annotationId: ulidSchema, restore: z.boolean().default(false) }),
    emptySchema,
    [...WRITES, "READINGS_ANNOTATION_UNKNOWN"],
  ),
  /** All of a channel, undone ones included, oldest first. */
  "data.annotations": call(z.strictObject({ channelId: ulidSchema }), z.array(annotationSchema), ["CHANNEL_NOT_FOUND"]),
  "data.retentionPolicies": call(emptySchema, retentionPoliciesSchema),
  /** Nothing is dropped at once: the next daily run does, and leaves what ideas, projects and the group need. */
  "data.setRetention": call(setRetentionSchema, retentionPoliciesSchema, [...WRITES, "CHANNEL_NOT_FOUND"]),
  "data.retention": call(retentionSchema, retentionReportSchema, [...WRITES, "CHANNEL_NOT_FOUND"]),
} as const;
