import * as z from "zod";
import { exposureSchema, instantSchema, quantitySchema, textSchema, timeRangeShape, ulidSchema } from "./common.ts";

/** Finds the channel that imported rows go to, creating it when it is new. */
export const importTargetSchema = z.union([
  z.strictObject({ channelId: ulidSchema }),
  z.strictObject({
    quantity: quantitySchema,
    key: z.string().max(60).default(""),
    place: z.string().trim().max(300).default(""),
    exposure: exposureSchema.default("unknown"),
    /** Time between readings; estimated from the rows when it is left out. */
    intervalMs: z.number().int().min(1000).optional(),
  }),
]);

export const importFormatSchema = z.enum(["auto", "csv", "ndjson", "sensor-community", "parquet"]);

/**
 * One piece of a file, in order; `last` ends it. Sending the same file again changes nothing.
 *
 * Parquet comes as `bytes`. It can be read only when all of it is there: from the last piece on, each call imports some
 * rows, and the caller goes on calling, with nothing and `last`, until the answer is `done`.
 */
export const importChunkSchema = z.strictObject({
  importId: ulidSchema,
  text: z.string().max(4_000_000).default(""),
  bytes: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.length <= 4_000_000)
    .optional(),
  last: z.boolean(),
});

export const importBeginSchema = z.strictObject({
  fileName: z.string().max(400),
  format: importFormatSchema.default("auto"),
  /** Column to channel; empty means: take what the header names unambiguously. */
  columns: z
    .array(
      z.strictObject({ column: z.string().max(200), unit: z.string().max(40).optional(), target: importTargetSchema }),
    )
    .max(64)
    .default([]),
  /** Where columns that the header names were measured, and how often. */
  defaults: z
    .strictObject({
      place: z.string().trim().max(300).optional(),
      exposure: exposureSchema.optional(),
      intervalMs: z.number().int().min(1000).optional(),
    })
    .optional(),
  /** Zone of local timestamps without offset; defaults to the workspace's zone. */
  timeZone: z.string().max(64).optional(),
  dryRun: z.boolean().default(false),
  /** Goes on with an earlier import of a file of this name, read in the same way, that did not reach its end. */
  resume: z.boolean().default(false),
});

export const importBegunSchema = z.strictObject({
  importId: ulidSchema,
  /**
   * What is imported already; null where the file is to be sent from its start. The caller compares: each part ends at
   * character `to` and has this checksum of its text (SHA-256 of its UTF-8, without the byte order mark). Where all do,
   * it sends what comes behind the last; otherwise it is another file, to be begun without `resume`.
   */
  resumesAt: z
    .strictObject({
      rowsRead: z.number().int(),
      parts: z.array(z.strictObject({ to: z.number().int(), sha256: z.string() })),
    })
    .nullable(),
});

export const rowProblemSchema = z.strictObject({ row: z.number().int(), code: z.string(), reason: textSchema });

export const importProgressSchema = z.strictObject({
  importId: ulidSchema,
  rowsRead: z.number().int(),
  inserted: z.number().int(),
  corrected: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  /** The first problems of this chunk, at most 100. */
  problems: z.array(rowProblemSchema),
  channels: z.array(ulidSchema),
  done: z.boolean(),
});

export const exportQuerySchema = z.strictObject({
  channelIds: z.array(ulidSchema).min(1).max(64),
  ...timeRangeShape,
  format: z.enum(["csv", "ndjson"]),
});
export const parquetQuerySchema = exportQuerySchema.omit({ format: true });
/** Rows since the piece before. */
export const parquetChunkSchema = z.strictObject({ bytes: z.instanceof(Uint8Array), rows: z.number().int() });
export const exportChunkSchema = z.strictObject({ text: z.string(), rows: z.number().int() });

export const manualReadingSchema = z.strictObject({
  channelId: ulidSchema,
  at: instantSchema,
  value: z.number().finite(),
});

export const appendReportSchema = z.strictObject({
  inserted: z.number().int(),
  corrected: z.number().int(),
  unchanged: z.number().int(),
  refused: z.array(z.strictObject({ index: z.number().int(), code: z.string() })),
});
