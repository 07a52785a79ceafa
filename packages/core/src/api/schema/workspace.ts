import * as z from "zod";
import { exposureSchema, instantSchema, nameSchema, quantitySchema, sentenceSchema, ulidSchema } from "./common.ts";
import { judgementSchema } from "./judgement.ts";

/** Weekly hours in which people are in the rooms that are measured, local time; `toHour` is exclusive. */
export const occupancySchema = z
  .strictObject({
    /** ISO weekdays, 1 = Monday … 7 = Sunday. */
    weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    fromHour: z.number().int().min(0).max(23),
    toHour: z.number().int().min(1).max(24),
  })
  .refine(({ fromHour, toHour }) => fromHour < toHour, "the first hour must come before the last");

/** Where in the world the group is, as far as factors (electricity mix, seasons) depend on it. */
export const regionSchema = z.strictObject({
  /** ISO 3166-1 alpha-3, or a region of the grid table (`EU`). */
  country: z
    .string()
    .regex(/^[A-Z]{2,3}$/, "three capital letters, such as DEU")
    .optional(),
  /** Degrees, north positive. */
  latitude: z.number().min(-90).max(90).optional(),
});

export const workspaceStatusSchema = z.strictObject({
  workspaceId: ulidSchema,
  name: z.string(),
  kind: z.enum(["own", "demo"]),
  path: z.string(),
  mode: z.enum(["live", "read-only"]),
  /** Failure code that made the workspace read-only. */
  readOnlyBecause: z.string().optional(),
  /** Failure code that keeps readings from being stored; meanwhile they wait in memory. */
  unsavedBecause: z.string().optional(),
  /** Code of a warning about the folder (for example a cloud-synced one). */
  warning: z.string().optional(),
  timeZone: z.string(),
  locale: z.string(),
  place: z.string(),
  occupancy: occupancySchema.nullable(),
  region: regionSchema.nullable(),
  createdAt: instantSchema,
  appVersion: z.string(),
  schemaVersion: z.number().int(),
  /** The process that holds the workspace. */
  owner: z.strictObject({ pid: z.number().int(), role: z.string(), since: instantSchema }),
  counts: z.strictObject({
    sensors: z.number().int(),
    channels: z.number().int(),
    readings: z.number().int(),
    projects: z.number().int(),
  }),
  storageBytes: z.number(),
  lastReadingAt: instantSchema.nullable(),
});

export const workspaceConfigureSchema = z.strictObject({
  name: nameSchema.optional(),
  place: z.string().max(300).optional(),
  timeZone: z.string().max(64).optional(),
  locale: z.string().max(35).optional(),
  /** `null` forgets it. */
  occupancy: occupancySchema.nullable().optional(),
  region: regionSchema.nullable().optional(),
});

/** What changed, as query topics; clients refetch what they show of them. */
export const changeTopicSchema = z.enum([
  "workspace",
  "sensors",
  "readings",
  "recommendations",
  "projects",
  "metrics",
  "notices",
]);
export const changeSchema = z.strictObject({ topics: z.array(changeTopicSchema).min(1) });

export const homeCardSchema = z.strictObject({
  channelId: ulidSchema,
  sensorId: ulidSchema.nullable(),
  sensorName: z.string(),
  place: z.string(),
  exposure: exposureSchema,
  quantity: quantitySchema,
  unit: z.string(),
  symbol: z.string(),
  latest: z.strictObject({ at: instantSchema, value: z.number(), quality: z.number().int() }).nullable(),
  freshness: z.enum(["live", "late", "offline", "never"]),
  judgement: judgementSchema.nullable(),
  /** 24 h in equal buckets, NaN-free: missing buckets are null. */
  sparkline: z.array(z.number().nullable()),
  sparklineFrom: instantSchema,
  sparklineStepMs: z.number(),
  /** Difference to the usual value at this hour of the week, and whether it is more than noise. */
  trend: z.strictObject({ delta: z.number(), direction: z.enum(["up", "down", "steady"]) }).nullable(),
});

export const homeOverviewSchema = z.strictObject({
  /** Today in one sentence, then a supporting one. */
  headline: sentenceSchema,
  support: sentenceSchema,
  cards: z.array(homeCardSchema),
  topIdea: z
    .strictObject({
      id: z.string(),
      title: z.string(),
      why: sentenceSchema,
      confidence: z.enum(["low", "medium", "high"]),
    })
    .nullable(),
  projectsActive: z.number().int(),
});
