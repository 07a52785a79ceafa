import * as z from "zod";
import { AUDIENCES, SHARED_RESOLUTIONS } from "../../community/index.ts";
import { bytesSchema, daySchema, exposureSchema, instantSchema, quantitySchema, ulidSchema } from "./common.ts";

export const audienceSchema = z.enum(AUDIENCES);
export const sharedResolutionSchema = z.enum(SHARED_RESOLUTIONS);
/** Of what is shared, which `none` is not. */
const sharedWithSchema = audienceSchema.exclude(["none"]);

/** A channel as others see it. */
const describedChannelShape = {
  channelId: ulidSchema,
  /** Empty for imported and typed-in channels. */
  sensorName: z.string(),
  quantity: quantitySchema,
  key: z.string(),
  place: z.string(),
  exposure: exposureSchema,
} as const;

/** Readings that the server has of a channel now. */
export const sentReadingsSchema = z.strictObject({
  days: z.number().int(),
  readings: z.number().int(),
  bytes: z.number().int(),
  /** First and last day, UTC. */
  firstOn: daySchema,
  lastOn: daySchema,
});

/** What of an own channel is shared, and how far that has got. */
export const channelSharingSchema = z.strictObject({
  ...describedChannelShape,
  audience: audienceSchema,
  resolution: sharedResolutionSchema,
  /** Readings before are not shared; null shares everything. Without meaning while `audience` is `none`. */
  since: instantSchema.nullable(),
  /** What the server has; null while nothing was sent. */
  sent: sentReadingsSchema.nullable(),
  /** Everything before is on the server, as it is now; null while nothing is. */
  sharedUpTo: instantSchema.nullable(),
  /** Days that wait to be sent, anew where something in them has changed. */
  waitingDays: z.number().int(),
  /** The server is still to be asked to delete what an earlier level has sent. */
  deleting: z.boolean(),
  /** Why the server does not take them; null when they are only waiting. */
  refusedCode: z.string().nullable(),
});

export const sharingLevelSchema = z.strictObject({
  channelIds: z.array(ulidSchema).min(1).max(500),
  audience: audienceSchema,
  resolution: sharedResolutionSchema.default("hourly"),
  /** Shares what was measured before today as well. */
  history: z.boolean().default(false),
  /** Tells what it would do, and changes nothing. */
  preview: z.boolean().default(false),
});

/** What a change of level means for one channel. */
export const sharingChangeSchema = z.strictObject({
  before: channelSharingSchema,
  after: channelSharingSchema,
  /** What others have got already and cannot be called back; the server is asked to delete it. */
  alreadySent: sentReadingsSchema.nullable(),
  /** `unchanged`, `more` to more people or in more detail, or `less`: then the server deletes what it has. */
  effect: z.enum(["unchanged", "more", "less"]),
  /** Whether the server has deleted it; `waiting` until it can be reached. */
  deletion: z.enum(["none", "done", "waiting"]),
  /** Days and readings that this will send from what is stored now. */
  willSend: z.strictObject({ days: z.number().int(), readings: z.number().int() }),
});

export const segmentExportSchema = z.strictObject({
  channelId: ulidSchema,
  /** UTC. */
  day: daySchema,
  resolution: sharedResolutionSchema.default("raw"),
});

export const segmentSummarySchema = z.strictObject({
  groupId: z.string(),
  owner: z.strictObject({
    userId: z.string(),
    userName: z.string(),
    deviceId: z.string(),
    /** Of the signing key, to be compared by voice. */
    fingerprint: z.string(),
  }),
  ...describedChannelShape,
  audience: sharedWithSchema,
  resolution: sharedResolutionSchema,
  day: daySchema,
  epoch: z.number().int(),
  seq: z.number().int(),
  revision: z.number().int(),
  readings: z.number().int(),
  firstAt: instantSchema.nullable(),
  lastAt: instantSchema.nullable(),
  madeAt: instantSchema,
  bytes: z.number().int(),
  /** Of the whole file. */
  sha256: z.string(),
});

export const segmentFileSchema = z.strictObject({
  fileName: z.string(),
  data: bytesSchema,
  summary: segmentSummarySchema,
});

/** Whose a sensor or channel is that others share with us; such are for reading only. */
export const sharedOwnerSchema = z.strictObject({
  userId: z.string(),
  name: z.string(),
  resolution: sharedResolutionSchema,
  audience: sharedWithSchema,
});
