import * as z from "zod";
import {
  daySchema,
  instantSchema,
  sentenceSchema,
  spanSchema,
  textSchema,
  ulidSchema,
  verificationSchema,
} from "./common.ts";

export const recommendationStatusSchema = z.enum(["suggested", "not-enough-data", "cannot-judge", "not-needed"]);
export const feedbackSchema = z.enum(["accepted", "dismissed", "wrong"]);
export const confidenceSchema = z.enum(["low", "medium", "high"]);

export const evidenceSchema = z.strictObject({
  metricId: z.string(),
  metricName: z.string(),
  channelId: ulidSchema.nullable(),
  channelName: z.string().nullable(),
  manual: z.boolean(),
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
  statistic: z.string(),
  /** What the statistic means, in words. */
  statisticText: z.string(),
  /** Median of the statistic over the days of the window; null where nothing was measured. */
  value: z.number().nullable(),
  /** The day furthest on the side of the condition. */
  extreme: z.strictObject({ on: daySchema, value: z.number() }).nullable(),
  unit: z.string(),
  op: z.enum([">", ">=", "<", "<=", "==", "!="]),
  threshold: z.number(),
  sourceId: z.string().nullable(),
  sourceTitle: z.string().nullable(),
  verification: verificationSchema,
  daysSatisfied: z.number().int(),
  daysNeeded: z.number().int(),
  daysIn: z.number().int(),
  daysWithData: z.number().int(),
  coverage: z.number(),
  days: z.array(
    z.strictObject({ on: daySchema, value: z.number().nullable(), satisfied: z.boolean(), coverage: z.number() }),
  ),
  outcome: z.enum(["satisfied", "not-satisfied", "not-enough-data", "cannot-judge", "out-of-season"]),
  /** Set when the metric could not be judged, and why. */
  unboundBecause: sentenceSchema.nullable(),
});

export const assumptionSchema = z.strictObject({
  name: z.string(),
  lo: z.number(),
  likely: z.number(),
  hi: z.number(),
  unit: z.string(),
  verification: verificationSchema,
  sourceId: z.string().nullable(),
});

export const impactRangeSchema = z.strictObject({
  indicatorId: z.string(),
  label: z.string(),
  unit: z.string(),
  p10: z.number(),
  p50: z.number(),
  p90: z.number(),
  grade: z.string(),
  claim: z.string().nullable(),
  formula: z.string(),
  assumptions: z.array(assumptionSchema),
});

export const recommendationSummarySchema = z.strictObject({
  /** Project type id of the catalogue. */
  id: z.string(),
  title: z.string(),
  summary: textSchema,
  category: z.string(),
  status: recommendationStatusSchema,
  why: sentenceSchema,
  confidence: confidenceSchema,
  effort: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  cost: spanSchema.extend({ currency: z.string() }),
  hours: spanSchema,
  dataProgress: z
    .strictObject({
      haveDays: z.number(),
      needDays: z.number(),
      windowDays: z.number(),
      enoughOn: daySchema.nullable(),
    })
    .nullable(),
  score: z.number(),
  feedback: z
    .strictObject({ kind: feedbackSchema, reason: textSchema, at: instantSchema, projectId: ulidSchema.nullable() })
    .nullable(),
});

export const recommendationSchema = recommendationSummarySchema.extend({
  evidence: z.array(evidenceSchema),
  impact: z.array(impactRangeSchema),
  assumptions: z.array(assumptionSchema),
  confidenceReasons: z.array(sentenceSchema),
  wouldChange: z.array(sentenceSchema),
  prerequisites: z.array(z.string()),
  permits: z.array(z.string()),
  risks: z.array(
    z.strictObject({ risk: z.string(), likelihood: z.string(), severity: z.string(), response: z.string() }),
  ),
  /** Size for which impact, cost and hours are given. */
  units: z.number(),
  unitName: z.string(),
  /** Why it stands where it stands: the score is the product of the factors. */
  rank: z.array(z.strictObject({ id: z.string(), factor: z.number(), sentence: sentenceSchema })),
  taskCount: z.number().int(),
  catalogueVersion: z.string(),
});

export const recommendationListQuerySchema = z.strictObject({
  status: z.array(recommendationStatusSchema).optional(),
  includeDismissed: z.boolean().default(false),
});

export const metricSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  kind: z.string(),
  boundTo: z.enum(["channel", "manual", "nothing"]),
  channelId: ulidSchema.nullable(),
  manual: z.strictObject({ value: z.number(), at: instantSchema }).nullable(),
  usedBy: z.array(z.string()),
});
