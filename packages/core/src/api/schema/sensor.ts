import * as z from "zod";
import {
  exposureSchema,
  failureSchema,
  instantSchema,
  nameSchema,
  qualityFlagSchema,
  quantitySchema,
  ulidSchema,
} from "./common.ts";
import { sharedOwnerSchema } from "./sharing.ts";

export const serialSettingsSchema = z.strictObject({
  baudRate: z.number().int().min(50).max(4_000_000),
  dataBits: z.union([z.literal(7), z.literal(8)]),
  parity: z.enum(["none", "even", "odd"]),
  stopBits: z.union([z.literal(1), z.literal(2)]),
});

export const lineMappingSchema = z.strictObject({
  key: z.string().min(1).max(200),
  quantity: quantitySchema,
  unit: z.string().max(40),
  channel: z.string().max(60).optional(),
});

export const portSchema = z.strictObject({
  path: z.string(),
  /** Human name: "USB serial adapter (CH340) on USB 2". */
  name: z.string(),
  usb: z
    .strictObject({
      vendorId: z.string(),
      productId: z.string(),
      serialNumber: z.string().nullable(),
      chip: z.string().nullable(),
    })
    .nullable(),
  access: z.enum(["ok", "denied", "busy", "missing"]),
  busyBy: z.strictObject({ pid: z.number().int(), command: z.string() }).nullable(),
  /** The sensor of this workspace that uses the port. */
  sensorId: ulidSchema.nullable(),
  likelyDrivers: z.array(z.string()),
  problem: failureSchema.nullable(),
});

export const driverSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  quantities: z.array(quantitySchema),
  serial: z.array(serialSettingsSchema),
  expectedIntervalMs: z.number(),
  storeIntervalMs: z.number(),
  needsMapping: z.boolean(),
  /** Says nothing unless it is asked: reading it writes to the port. */
  polled: z.boolean().optional(),
  /** Members of the family that only a person can tell apart; the first one is assumed. */
  variants: z.array(z.strictObject({ id: z.string(), title: z.string() })).optional(),
});

export const sensorStateSchema = z.enum([
  "starting",
  "reading",
  "silent",
  "disconnected",
  "waiting",
  "stopped",
  "failed",
]);

export const portCountersSchema = z.strictObject({
  framesOk: z.number().int(),
  framesBad: z.number().int(),
  bytesDiscarded: z.number().int(),
  reconnects: z.number().int(),
});

export const channelSchema = z.strictObject({
  id: ulidSchema,
  sensorId: ulidSchema.nullable(),
  sensorName: z.string(),
  quantity: quantitySchema,
  key: z.string(),
  unit: z.string(),
  symbol: z.string(),
  decimals: z.number().int(),
  place: z.string(),
  exposure: exposureSchema,
  intervalMs: z.number(),
  latest: z.strictObject({ at: instantSchema, value: z.number(), quality: z.number().int() }).nullable(),
  /** Set where another member shares the channel with us: for reading only. */
  owner: sharedOwnerSchema.optional(),
});

/** Degrees of WGS 84. */
export const positionSchema = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

export const sensorSchema = z.strictObject({
  id: ulidSchema,
  name: z.string(),
  driverId: z.string(),
  driverTitle: z.string(),
  port: z.string(),
  place: z.string(),
  exposure: exposureSchema,
  /** Null where nobody said where it stands; kept on this computer, it is not shared. */
  position: positionSchema.nullable(),
  storeIntervalMs: z.number(),
  expectedIntervalMs: z.number(),
  identity: z.string().nullable(),
  mapping: z.array(lineMappingSchema),
  variant: z.string().nullable().optional(),
  /** Laser and fan can rest between measurements. */
  canRest: z.boolean().optional(),
  /** How far apart it measures, 0 being all the time; null leaves the sensor as it was set. */
  measureEveryMs: z.number().int().nullable().optional(),
  createdAt: instantSchema,
  state: sensorStateSchema,
  stateSince: instantSchema,
  problem: failureSchema.nullable(),
  lastReadingAt: instantSchema.nullable(),
  freshness: z.enum(["live", "late", "offline", "never"]),
  counters: portCountersSchema,
  channels: z.array(channelSchema),
  /** Set where another member shares the sensor with us: for reading only, without a port. */
  owner: sharedOwnerSchema.optional(),
});

/** `port` is a device path, or `sim:<driver>?seed=N` for the built-in simulator. */
export const sensorConnectionShape = {
  driverId: z.string().min(1).max(60),
  port: z.string().min(1).max(400),
  serial: serialSettingsSchema.optional(),
  mapping: z.array(lineMappingSchema).max(100).optional(),
  /** Member of the driver's family; for meters on a bus with their address, `sdm630@5`. */
  variant: z.string().min(1).max(60).optional(),
};

export const sensorAddSchema = z.strictObject({
  ...sensorConnectionShape,
  name: nameSchema,
  place: z.string().trim().max(300).default(""),
  exposure: exposureSchema.default("unknown"),
  position: positionSchema.optional(),
  storeIntervalMs: z.number().int().min(1000).max(86_400_000).optional(),
});

export const sensorUpdateSchema = z.strictObject({
  sensorId: ulidSchema,
  name: nameSchema.optional(),
  place: z.string().trim().max(300).optional(),
  exposure: exposureSchema.optional(),
  /** Null forgets it. */
  position: positionSchema.nullable().optional(),
  storeIntervalMs: z.number().int().min(1000).max(86_400_000).optional(),
  port: z.string().min(1).max(400).optional(),
  /** Whole minutes up to 30; 0 is all the time. */
  measureEveryMs: z.number().int().min(0).max(1_800_000).multipleOf(60_000).optional(),
  mapping: z.array(lineMappingSchema).max(100).optional(),
});

/** A change that a CO2 sensor itself remembers. */
export const sensorConfigureSchema = z.strictObject({
  sensorId: ulidSchema,
  change: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("baseline"), on: z.boolean() }),
    /** Only after it has been in air of this concentration for long enough. */
    z.strictObject({ kind: z.literal("calibrate"), ppm: z.number().int().min(400).max(2000) }),
  ]),
});

export const configuredSchema = z.strictObject({
  /** What was sent, in hexadecimal, and what came back. */
  steps: z.array(z.strictObject({ sent: z.string(), answer: z.string().nullable() })),
  /** Whether the sensor, asked again, says that it holds; null where it cannot be asked. */
  confirmed: z.boolean().nullable(),
});

/** What a device says before it is saved. */
export const previewEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("state"), state: sensorStateSchema, problem: failureSchema.nullable() }),
  z.strictObject({
    kind: z.literal("frame"),
    at: instantSchema,
    identity: z.string().nullable(),
    readings: z.array(
      z.strictObject({
        quantity: quantitySchema,
        channel: z.string().nullable(),
        value: z.number(),
        unit: z.string(),
        symbol: z.string(),
        quality: z.array(qualityFlagSchema),
      }),
    ),
    raw: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  z.strictObject({ kind: z.literal("counters"), counters: portCountersSchema }),
]);

/** One live value of a configured sensor. */
export const liveReadingSchema = z.strictObject({
  sensorId: ulidSchema.nullable(),
  channelId: ulidSchema,
  quantity: quantitySchema,
  at: instantSchema,
  value: z.number(),
  unit: z.string(),
  quality: z.number().int(),
  /** False for values inside an interval that is not stored yet. */
  stored: z.boolean(),
});
