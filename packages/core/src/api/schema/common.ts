import * as z from "zod";
import { QUALITY_BITS, type QualityFlag } from "../../sensing/index.ts";
import { isUlid, QUANTITIES, type Quantity } from "../../shared/index.ts";

export const ulidSchema = z.string().refine(isUlid, "not an id");
/** UTC epoch milliseconds. */
export const instantSchema = z.number().finite();
/** Calendar day `YYYY-MM-DD` in the workspace's time zone. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "not a day (YYYY-MM-DD)");
export const nameSchema = z.string().trim().min(1, "must not be empty").max(300, "at most 300 characters");
export const textSchema = z.string().max(10_000);
export const quantitySchema = z.enum(Object.keys(QUANTITIES) as [Quantity, ...Quantity[]]);
export const qualityFlagSchema = z.enum(Object.keys(QUALITY_BITS) as [QualityFlag, ...QualityFlag[]]);
export const exposureSchema = z.enum(["indoor", "outdoor", "mobile", "unknown"]);
export const emptySchema = z.strictObject({});

// Typed arrays cross realms (workers, vm contexts): compare the tag, not the constructor.
function taggedArray<T>(tag: string): z.ZodType<T, T> {
  return z.custom<T>(
    (value) => ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === `[object ${tag}]`,
    `expected ${tag}`,
  );
}
export const bytesSchema: z.ZodType<Uint8Array, Uint8Array> = taggedArray("Uint8Array");
export const float64Schema: z.ZodType<Float64Array, Float64Array> = taggedArray("Float64Array");
export const uint16Schema: z.ZodType<Uint16Array, Uint16Array> = taggedArray("Uint16Array");

/** Half-open span of time. */
export const timeRangeShape = { from: instantSchema, to: instantSchema };

/** Low, likely and high figure of one unit. */
export const spanSchema = z.strictObject({ lo: z.number(), likely: z.number(), hi: z.number() });

/** A sentence to show: a catalogue id with values, plus the English text as a fallback and for machines. */
export const sentenceSchema = z.strictObject({
  id: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
  /** A plainer message with the same values, for languages into which the catalogue's own sentence is not translated. */
  otherwise: z.string().optional(),
});

/** How a knowledge item was checked: read in source, secondary, derived, unverified, assumption. */
export const verificationSchema = z.enum(["V", "S", "D", "U", "A"]);

export const failureSchema = z.strictObject({
  code: z.string(),
  op: z.string(),
  subject: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
  retry: z.enum(["never", "now", "backoff", "after-change"]),
});
