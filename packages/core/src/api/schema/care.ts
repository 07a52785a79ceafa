import * as z from "zod";
import { instantSchema, textSchema, timeRangeShape, ulidSchema } from "./common.ts";

/** A stretch of a channel whose stored form is not what it was when it was written. */
export const storedDamageSchema = z.strictObject({
  /** Empty where the channel is not known any more. */
  channelId: z.string(),
  ...timeRangeShape,
  code: z.enum(["READINGS_BLOCK_DAMAGED", "READINGS_ROLLUP_DAMAGED", "READINGS_BLOCK_ORPHANED"]),
  detail: textSchema,
  /** A summary that `repair` has computed again; nothing is lost then. */
  repaired: z.boolean(),
});

export const verifyEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("progress"), done: z.number().int(), total: z.number().int() }),
  z.strictObject({
    kind: z.literal("report"),
    blocks: z.number().int(),
    readings: z.number().int(),
    unsealed: z.number().int(),
    damage: z.array(storedDamageSchema),
  }),
]);

export const channelStorageSchema = z.strictObject({
  channelId: ulidSchema,
  readings: z.number().int(),
  /** Readings that wait to be compressed. */
  unsealed: z.number().int(),
  bytes: z.number(),
  /** Null while nothing is compressed yet. */
  bytesPerReading: z.number().nullable(),
  firstAt: instantSchema.nullable(),
  lastAt: instantSchema.nullable(),
  /** At the rate of the last thirty days of data. */
  bytesPerYear: z.number(),
});

export const storageSchema = z.strictObject({
  channels: z.array(channelStorageSchema),
  bytes: z.number(),
  bytesPerYear: z.number(),
  /** Readings wait until somebody lets compression go on. */
  compressionPaused: z.boolean(),
});

export const compactEventSchema = z.discriminatedUnion("kind", [
  /** Readings that are compressed, of those that waited at the beginning. */
  z.strictObject({ kind: z.literal("progress"), done: z.number().int(), total: z.number().int() }),
  z.strictObject({
    kind: z.literal("report"),
    /** Stretches that were compressed, with their readings. */
    sealed: z.number().int(),
    readings: z.number().int(),
    /** Long blocks made of day blocks. */
    merged: z.number().int(),
  }),
]);

export const annotateSchema = z.strictObject({
  channelId: ulidSchema,
  ...timeRangeShape,
  /** `exclude` marks readings unusable; `adjust` shows value × factor + offset instead. */
  kind: z.enum(["exclude", "adjust"]),
  factor: z.number().finite().optional(),
  /** In the unit of the channel. */
  offset: z.number().finite().optional(),
  reason: z.string().trim().min(1, "say why").max(1000),
  author: z.string().trim().max(120).default(""),
});

export const annotationSchema = z.strictObject({
  id: ulidSchema,
  channelId: ulidSchema,
  ...timeRangeShape,
  kind: z.enum(["exclude", "adjust"]),
  factor: z.number(),
  offset: z.number(),
  reason: z.string(),
  author: z.string(),
  createdAt: instantSchema,
  /** Null while it holds. */
  undoneAt: instantSchema.nullable(),
});

export const retentionSchema = z.strictObject({
  channelId: ulidSchema,
  /** Readings before this may go; the cut is moved back to a whole UTC day. */
  before: instantSchema,
  /** Drops for good what the preview of the same request shows. */
  apply: z.boolean().default(false),
});

export const retentionReportSchema = z.strictObject({
  channelId: ulidSchema,
  spans: z.array(z.strictObject(timeRangeShape)),
  readings: z.number().int(),
  bytes: z.number(),
  /** Readings before the cut that stay: ideas or projects rest on them, or the group does not have them yet. */
  kept: z.array(z.strictObject({ reason: z.enum(["quoted", "unshared"]), readings: z.number().int() })),
  applied: z.boolean(),
});

/** Ideas look back over a year, which stays in any case. */
const SHORTEST_KEEP_DAYS = 366;
const LONGEST_KEEP_DAYS = 36_600;
const keepDaysSchema = z.number().int().min(SHORTEST_KEEP_DAYS).max(LONGEST_KEEP_DAYS).nullable();

export const setRetentionSchema = z.strictObject({
  /** Null for every channel of the workspace that has no policy of its own. */
  channelId: ulidSchema.nullable(),
  /** Older readings are dropped once a day; null keeps them for ever, `workspace` does as the workspace does. */
  keepDays: z.union([keepDaysSchema, z.literal("workspace")]),
});

export const retentionPoliciesSchema = z.strictObject({
  /** Of the workspace; null keeps for ever. */
  keepDays: keepDaysSchema,
  channels: z.array(z.strictObject({ channelId: ulidSchema, keepDays: keepDaysSchema })),
  /** What the last daily run dropped; null before the first. */
  lastRun: z
    .strictObject({ at: instantSchema, readings: z.number().int(), bytes: z.number(), kept: z.number().int() })
    .nullable(),
});
