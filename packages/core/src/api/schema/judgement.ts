import * as z from "zod";
import { instantSchema, sentenceSchema, verificationSchema } from "./common.ts";

/** What a value means on a named, versioned scale. */
export const judgementSchema = z.strictObject({
  bandSet: z.strictObject({ id: z.string(), version: z.string(), title: z.string() }),
  /** Statistic the bands apply to (`nowcast_12h`, `mean_1h`, …). */
  statistic: z.string(),
  /** The statistic's value in the unit of the scale. */
  value: z.number(),
  unit: z.string(),
  /** Index number where the scale has one. */
  index: z.number().nullable(),
  band: z.strictObject({
    id: z.string(),
    label: z.string(),
    /** 0 = best; `count` bands in all. */
    rank: z.number().int(),
    count: z.number().int(),
    tone: z.enum(["good", "fair", "warn", "bad", "severe"]),
    color: z.string().nullable(),
  }),
  advice: sentenceSchema.nullable(),
  coverage: z.number(),
  /** Too little of the averaging window is there for a firm statement. */
  provisional: z.boolean(),
  verification: verificationSchema,
  sourceId: z.string(),
  at: instantSchema,
});
