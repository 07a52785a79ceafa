/** The part of the contract that asks about stored readings; every question is cancellable and never holds up ingest. */
import * as z from "zod";
import { call, stream } from "./rpc/define.ts";
import { ulidSchema } from "./schema/common.ts";
import {
  bucketsSchema,
  consumptionQuerySchema,
  consumptionSchema,
  downsampleQuerySchema,
  exceedanceQuerySchema,
  exceedanceSchema,
  explainQuerySchema,
  histogramQuerySchema,
  histogramSchema,
  joinedGridSchema,
  joinQuerySchema,
  latestReadingSchema,
  linePointsSchema,
  lineQuerySchema,
  liveBucketsQuerySchema,
  liveBucketsSchema,
  periodQuerySchema,
  profileQuerySchema,
  queryPlanSchema,
  rangeQuerySchema,
  readingBlockSchema,
  timeWeightedQuerySchema,
  timeWeightedSchema,
  totalsSchema,
  weekProfileSchema,
} from "./schema/question.ts";

const ASKED = ["CHANNEL_NOT_FOUND", "READINGS_SPAN_INVALID", "READINGS_ANSWER_TOO_LARGE"] as const;
const ZONED = [...ASKED, "WORKSPACE_ZONE_UNKNOWN"] as const;

export const dataContract = {
  /** Channels without a reading are left out. */
  "data.latest": call(
    z.strictObject({ channelIds: z.array(ulidSchema).min(1).max(1000) }),
    z.array(latestReadingSchema),
    ["CHANNEL_NOT_FOUND"],
  ),
  "data.range": stream(rangeQuerySchema, readingBlockSchema, [...ASKED]),
  "data.downsample": call(downsampleQuerySchema, bucketsSchema, [...ASKED]),
  "data.aggregate": call(periodQuerySchema, bucketsSchema, [...ZONED]),
  "data.lines": call(lineQuerySchema, linePointsSchema, [...ASKED]),
  "data.histogram": call(histogramQuerySchema, histogramSchema, [...ASKED]),
  "data.exceedance": call(exceedanceQuerySchema, exceedanceSchema, [...ASKED]),
  "data.profile": call(profileQuerySchema, weekProfileSchema, [...ZONED]),
  "data.join": call(joinQuerySchema, joinedGridSchema, [...ASKED]),
  /** Use of a counter (energy, water, gas); resets and other meters never count as use. */
  "data.consumption": call(consumptionQuerySchema, consumptionSchema, [...ZONED]),
  /** Sums of increments (rain). */
  "data.totals": call(periodQuerySchema, totalsSchema, [...ZONED]),
  /** Means of an irregular series, each value weighted by how long it held. */
  "data.timeWeighted": call(timeWeightedQuerySchema, timeWeightedSchema, [...ZONED]),
  /** Says where the answer to any of these questions would come from, without reading a value. */
  "data.explain": call(explainQuerySchema, queryPlanSchema, [...ZONED]),
  /** What a chart needs to stay right without asking again; late and corrected readings included. */
  "data.watchBuckets": stream(liveBucketsQuerySchema, liveBucketsSchema, [
    "CHANNEL_NOT_FOUND",
    "READINGS_SPAN_INVALID",
  ]),
} as const;
