/** Questions about stored readings, and their answers. Times are UTC epoch milliseconds, values in the channel's unit. */
import * as z from "zod";
import { float64Schema, instantSchema, timeRangeShape, uint16Schema, ulidSchema } from "./common.ts";

export const MAX_CHART_POINTS = 20_000;
export const MAX_HISTOGRAM_BINS = 1000;
export const MAX_JOINED_CHANNELS = 32;

const ofChannelShape = { channelId: ulidSchema, ...timeRangeShape };
/** Calendar periods are cut in an IANA zone; the workspace's when it is left out. */
const zoneShape = { timeZone: z.string().max(64).optional() };
const durationSchema = z
  .number()
  .int()
  .min(1)
  .max(366 * 86_400_000);

export const calendarUnitSchema = z.enum(["hour", "day", "week", "month", "year"]);

export const rangeQuerySchema = z.strictObject({ ...ofChannelShape, usableOnly: z.boolean().default(false) });

export const downsampleQuerySchema = z.strictObject({
  ...ofChannelShape,
  points: z.number().int().min(1).max(MAX_CHART_POINTS),
  /**
   * "hour" moves the edges of buckets to whole UTC hours, which summaries answer without unpacking readings; "exact"
   * cuts the span into equal buckets. Left out, spans whose buckets are hours long are answered on whole hours.
   */
  align: z.enum(["hour", "exact"]).optional(),
});

export const periodQuerySchema = z.strictObject({ ...ofChannelShape, unit: calendarUnitSchema, ...zoneShape });

export const lineQuerySchema = z.strictObject({
  ...ofChannelShape,
  points: z.number().int().min(3).max(MAX_CHART_POINTS),
});

export const histogramQuerySchema = z
  .strictObject({
    ...ofChannelShape,
    bins: z.number().int().min(1).max(MAX_HISTOGRAM_BINS),
    /** Edges of the outermost bins; the extremes of the readings when left out. */
    low: z.number().finite().optional(),
    high: z.number().finite().optional(),
  })
  .refine(({ low, high }) => low === undefined || high === undefined || low < high, {
    path: ["high"],
    message: "must be above low",
  });

export const exceedanceQuerySchema = z.strictObject({
  ...ofChannelShape,
  /** Readings strictly above exceed it. */
  threshold: z.number().finite(),
  /** A longer pause ends an episode; three intervals of the channel when left out. */
  longestGapMs: durationSchema.optional(),
});

export const profileQuerySchema = z.strictObject({ ...ofChannelShape, ...zoneShape });

export const joinQuerySchema = z.strictObject({
  channelIds: z.array(ulidSchema).min(1).max(MAX_JOINED_CHANNELS),
  ...timeRangeShape,
  /** Width of a row; the first row begins at `from`. */
  stepMs: durationSchema.min(1000),
});

export const consumptionQuerySchema = periodQuerySchema.extend({
  counter: z
    .strictObject({
      longestGapMs: durationSchema.optional(),
      /** Value at which the counter starts again from zero (10^digits). */
      rollsOverAt: z.number().positive().finite().optional(),
      /** More than this an hour is another meter, not use. */
      mostPerHour: z.number().positive().finite().optional(),
    })
    .optional(),
});

export const timeWeightedQuerySchema = periodQuerySchema.extend({ longestHoldMs: durationSchema.optional() });

/** Any of the questions above, to be explained instead of answered. */
export const explainQuerySchema = z.discriminatedUnion("ask", [
  rangeQuerySchema.extend({ ask: z.literal("range") }),
  downsampleQuerySchema.extend({ ask: z.literal("downsample") }),
  periodQuerySchema.extend({ ask: z.literal("aggregate") }),
  lineQuerySchema.extend({ ask: z.literal("lines") }),
  histogramQuerySchema.safeExtend({ ask: z.literal("histogram") }),
  exceedanceQuerySchema.extend({ ask: z.literal("exceedance") }),
  profileQuerySchema.extend({ ask: z.literal("profile") }),
  joinQuerySchema.extend({ ask: z.literal("join") }),
  consumptionQuerySchema.extend({ ask: z.literal("consumption") }),
  periodQuerySchema.extend({ ask: z.literal("totals") }),
  timeWeightedQuerySchema.extend({ ask: z.literal("timeWeighted") }),
]);

export const readingBlockSchema = z.strictObject({
  at: float64Schema,
  value: float64Schema,
  quality: uint16Schema,
  spread: z.strictObject({ n: float64Schema, min: float64Schema, max: float64Schema }).optional(),
});

export const bucketsSchema = z.strictObject({
  from: float64Schema,
  n: float64Schema,
  mean: float64Schema,
  min: float64Schema,
  max: float64Schema,
  coverage: float64Schema,
});

/** Points of a line, every one a reading; the extremes of every stretch are among them. */
export const linePointsSchema = z.strictObject({ at: float64Schema, value: float64Schema });

/** Samples per bin: bin `i` holds `edges[i]` ≤ value < `edges[i + 1]`, the last one its upper edge too. */
export const histogramSchema = z.strictObject({
  edges: float64Schema,
  n: float64Schema,
  below: z.number(),
  above: z.number(),
});

export const exceedanceSchema = z.strictObject({
  readings: z.number().int(),
  exceeding: z.number().int(),
  /** Null without readings. */
  share: z.number().nullable(),
  durationMs: z.number(),
  /** The longest thousand, in time order; `to` is the last exceeding reading plus one interval. */
  episodes: z.array(z.strictObject({ ...timeRangeShape, readings: z.number().int(), max: z.number() })),
});

/** Statistics per hour of the local week: index = weekday × 24 + hour, Monday first. */
export const weekProfileSchema = z.strictObject({
  timeZone: z.string(),
  n: float64Schema,
  mean: float64Schema,
  min: float64Schema,
  max: float64Schema,
});

/** One column of means per channel, in the order asked for; NaN where there is no usable reading. */
export const joinedGridSchema = z.strictObject({ from: float64Schema, mean: z.array(float64Schema) });

/** Use per period: `used` is certain, `estimated` is spread evenly over a gap that spans several periods. */
export const consumptionSchema = z.strictObject({ from: float64Schema, used: float64Schema, estimated: float64Schema });

export const totalsSchema = z.strictObject({ from: float64Schema, total: float64Schema, coverage: float64Schema });

export const timeWeightedSchema = z.strictObject({ from: float64Schema, mean: float64Schema, heldMs: float64Schema });

export const latestReadingSchema = z.strictObject({
  channelId: ulidSchema,
  at: instantSchema,
  value: z.number(),
  quality: z.number().int(),
});

export const queryPlanSchema = z.strictObject({
  buckets: z.number().int(),
  parts: z.array(
    z.strictObject({
      channelId: ulidSchema,
      source: z.string(),
      windows: z.number().int(),
      ...timeRangeShape,
      readings: z.number().int(),
      bytes: z.number(),
    }),
  ),
  /** The same for people, one line per part. */
  text: z.string(),
});

export const liveBucketsQuerySchema = z.strictObject({
  channelId: ulidSchema,
  /** Left edge of the chart: bucket `i` holds `from` + i × `stepMs` ≤ t < `from` + (i + 1) × `stepMs`. */
  from: instantSchema,
  stepMs: durationSchema.min(1000),
  /** Shortest pause between two values. */
  everyMs: z.number().int().min(100).max(60_000).default(1000),
});

/**
 * The newest reading, and every bucket of the chart that has changed since the value before. The bucket that is still
 * open comes last, its coverage counted up to now. The first value holds the open bucket alone.
 */
export const liveBucketsSchema = z.strictObject({
  last: latestReadingSchema.nullable(),
  buckets: bucketsSchema,
});
