import * as z from "zod";
import { NOTICE_KINDS } from "../../notice/index.ts";
import { instantSchema, ulidSchema } from "./common.ts";

export const noticeKindSchema = z.enum(NOTICE_KINDS);

export const noticeSchema = z.strictObject({
  id: ulidSchema,
  kind: noticeKindSchema,
  /** Id of the sensor, channel, idea or task it is about. */
  subject: z.string(),
  /** Facts for its sentence: names, instants (UTC epoch ms), bytes, days. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  raisedAt: instantSchema,
  /** Null while it goes on. */
  resolvedAt: instantSchema.nullable(),
  readAt: instantSchema.nullable(),
});

export const noticeListQuerySchema = z.strictObject({
  /** Only those that nobody has read. */
  unread: z.boolean().default(false),
  /** Only those that go on. */
  open: z.boolean().default(false),
  limit: z.number().int().min(1).max(1000).default(200),
});

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 22:00");

export const noticeSettingsSchema = z.strictObject({
  /** No desktop notifications between these times of the workspace's zone; may cross midnight, null for never. */
  quiet: z.strictObject({ from: clockSchema, to: clockSchema }).nullable(),
  /** Kinds that are only listed: no number at the bell, no desktop notification. */
  muted: z.array(noticeKindSchema),
});

/** What the bell shows, and what is due as one desktop notification. */
export const noticeStateSchema = z.strictObject({
  unread: z.number().int(),
  open: z.number().int(),
  /** Whether quiet hours hold notifications back now. */
  quiet: z.boolean(),
  /** Each notice comes once, to one of those who asked with `notify`. */
  due: z.array(noticeSchema),
});
