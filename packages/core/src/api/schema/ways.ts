import * as z from "zod";
import { failureSchema, instantSchema, qualityFlagSchema, quantitySchema, ulidSchema } from "./common.ts";
import { lineMappingSchema, portCountersSchema, serialSettingsSchema } from "./sensor.ts";

/** A driver that understood what came from a port, with the reasons to believe it. */
export const probeCandidateSchema = z.strictObject({
  driverId: z.string(),
  title: z.string(),
  serial: serialSettingsSchema,
  confidence: z.enum(["certain", "likely", "possible"]),
  framesOk: z.number().int(),
  framesBad: z.number().int(),
  identity: z.string().nullable(),
  /** The device was asked a question; otherwise it spoke by itself. */
  asked: z.boolean(),
  /** "12 frames, 0 bad, device id 58D9". */
  evidence: z.string(),
  readings: z.array(
    z.strictObject({ quantity: quantitySchema, channel: z.string().nullable(), value: z.number(), symbol: z.string() }),
  ),
});

export const probeInputSchema = z.strictObject({
  port: z.string().min(1).max(400),
  /** The person agreed to harmless questions being sent to this port. Without it nothing is written. */
  consent: z.boolean().default(false),
});

/** What probing a port says: how far it is, then once the result. */
export const probeEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("step"),
    index: z.number().int(),
    count: z.number().int(),
    serial: serialSettingsSchema,
    /** How long the step takes at most. */
    listenMs: z.number(),
  }),
  z.strictObject({
    kind: z.literal("report"),
    candidates: z.array(probeCandidateSchema),
    bytesHeard: z.number().int(),
    asked: z.boolean(),
    notAskedBecause: z.enum(["no-consent", "traffic", "found"]).nullable(),
    /** What the numbers of text may mean, to be confirmed. */
    mapping: z.array(lineMappingSchema),
    unknownKeys: z.array(z.string()),
    problem: failureSchema.nullable(),
  }),
]);

export const portListenInputSchema = z.strictObject({
  port: z.string().min(1).max(400),
  serial: serialSettingsSchema,
});

/** What an unknown device says, as it comes; nothing is written to it. */
export const portListenEventSchema = z.discriminatedUnion("kind", [
  /** Bytes of about a quarter of a second. */
  z.strictObject({
    kind: z.literal("bytes"),
    at: instantSchema,
    length: z.number().int(),
    /** Hexadecimal, two digits a byte, at most 256 bytes. */
    hex: z.string(),
    /** The same as text, where it is text. */
    text: z.string().nullable(),
  }),
  /** The numbers in the text so far, once a second while there is text. */
  z.strictObject({
    kind: z.literal("fields"),
    linesTotal: z.number().int(),
    linesUnderstood: z.number().int(),
    fields: z.array(
      z.strictObject({
        key: z.string(),
        last: z.number(),
        lowest: z.number(),
        highest: z.number(),
        seen: z.number().int(),
        varies: z.boolean(),
        proposal: lineMappingSchema.nullable(),
      }),
    ),
  }),
  /** The device was unplugged or the port failed; nothing more comes. */
  z.strictObject({ kind: z.literal("closed"), problem: failureSchema.nullable() }),
]);

/** A device of the local network that posted something. */
export const pushedDeviceSchema = z.strictObject({
  deviceId: z.string(),
  /** To add it as a sensor: `push:<device id>`. */
  port: z.string(),
  driverId: z.string(),
  lastAt: instantSchema,
  messages: z.number().int(),
  /** Whether a sensor reads it. */
  read: z.boolean(),
  lastLine: z.string(),
});

/** The endpoint to which devices on the local network post; off until somebody turns it on. */
export const pushStatusSchema = z.strictObject({
  enabled: z.boolean(),
  /** Whether it is open at this moment. */
  open: z.boolean(),
  port: z.number().int(),
  /** False lets only programs of this computer in. */
  lan: z.boolean(),
  /** Where devices post to, the likeliest first: `http://192.168.1.20:8287/push`. */
  addresses: z.array(z.string()),
  /** What devices have to send: told once, in the answer that made it, and never again. */
  token: z.string().nullable(),
  problem: failureSchema.nullable(),
  devices: z.array(pushedDeviceSchema),
});

export const pushConfigureSchema = z.strictObject({
  enabled: z.boolean(),
  port: z.number().int().min(1024).max(65_535).optional(),
  lan: z.boolean().optional(),
  /** Makes a new token; devices with the old one are refused from then on. */
  newToken: z.boolean().default(false),
});

/** A meter that people read: its readings come by hand (`data.append`). */
export const channelAddSchema = z.strictObject({
  quantity: quantitySchema,
  /** What people call it: "Main meter". */
  name: z.string().trim().min(1).max(60),
  place: z.string().trim().max(300).default(""),
});

const agreementSchema = z.strictObject({
  n: z.number().int(),
  slope: z.number(),
  intercept: z.number(),
  r2: z.number(),
  rmse: z.number(),
  nrmse: z.number(),
  bias: z.number(),
});

const verdictSchema = z
  .strictObject({
    source: z.string(),
    met: z.boolean(),
    targets: z.array(
      z.strictObject({ name: z.enum(["slope", "intercept", "r2", "error"]), met: z.boolean(), text: z.string() }),
    ),
  })
  .nullable();

/** A correction with its parameters; raw values never change. */
export const correctionSchema = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("linear"), version: z.literal(1), intercept: z.number(), slope: z.number() }),
  z.strictObject({
    method: z.literal("multilinear"),
    version: z.literal(1),
    intercept: z.number(),
    slope: z.number(),
    perHumidity: z.number(),
    perTemperature: z.number(),
  }),
  z.strictObject({ method: z.literal("epa-pm25-linear"), version: z.literal(2021) }),
  z.strictObject({ method: z.literal("epa-pm25-piecewise"), version: z.literal(2023) }),
  z.strictObject({ method: z.literal("co2-baseline"), version: z.literal(1), offsetPpm: z.number() }),
]);

export const calibrationFitInputSchema = z.strictObject({
  channelId: ulidSchema,
  /** The channel of the reference beside it. */
  referenceId: ulidSchema,
  from: instantSchema,
  to: instantSchema,
  method: z.enum(["linear", "multilinear"]),
  step: z.enum(["hour", "day"]).default("hour"),
});

export const calibrationFitSchema = z.strictObject({
  correction: correctionSchema,
  n: z.number().int(),
  from: instantSchema,
  to: instantSchema,
  expiresAt: instantSchema,
  raw: agreementSchema,
  corrected: agreementSchema,
  /** RMSE on time that the fit had not seen. */
  expectedRmse: z.number(),
  residualHumidity: z
    .strictObject({
      correlation: z.number(),
      steps: z.array(z.strictObject({ fromPercent: z.number(), n: z.number().int(), meanResidual: z.number() })),
    })
    .nullable(),
  rawVerdict: verdictSchema,
  correctedVerdict: verdictSchema,
  warnings: z.array(z.string()),
  /** Hourly or daily pairs for the chart, at most 2,000. */
  pairs: z.array(z.strictObject({ at: instantSchema, sensor: z.number(), reference: z.number() })),
});

/** What can be done for a channel without a reference. */
export const calibrationOptionsSchema = z.strictObject({
  epa: z
    .strictObject({
      kind: z.enum(["eligible", "unvalidated", "refused"]),
      method: z.enum(["epa-pm25-linear", "epa-pm25-piecewise"]).nullable(),
      because: z.enum(["not_plantower", "not_pm25", "no_humidity", "stuck_humidity"]).nullable(),
      /** The same in English words. */
      reason: z.string(),
    })
    .nullable(),
  co2: z
    .strictObject({
      offsetPpm: z.number().nullable(),
      lowestPpm: z.number().nullable(),
      freshDays: z.number().int(),
      problem: failureSchema.nullable(),
    })
    .nullable(),
});

/** Neighbouring readings that share a quality flag, as stored or as their neighbours show. */
export const flaggedStretchSchema = z.strictObject({
  flag: qualityFlagSchema,
  from: instantSchema,
  to: instantSchema,
  readings: z.number().int(),
});

/** A derived channel: the raw one stays as it is. */
export const appliedCorrectionSchema = z.strictObject({
  channelId: ulidSchema,
  sourceId: ulidSchema,
  /** `corrected:linear@1`. */
  name: z.string(),
  correction: correctionSchema,
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  /** Said beside every value: the correction was not made for this kind of sensor. */
  unvalidated: z.boolean(),
});

export const calibrationApplySchema = z.strictObject({
  channelId: ulidSchema,
  correction: correctionSchema,
  /** From a fit; published corrections have none. */
  expiresAt: instantSchema.nullable().default(null),
  /** The person has read that the correction was not made for this sensor. */
  acceptUnvalidated: z.boolean().default(false),
});

/** What keeps a sensor from being seen, most likely first; `fine` where nothing stands out. */
export const deviceFindingSchema = z.strictObject({
  id: z.enum([
    "no-usb",
    "no-port",
    "not-serial",
    "no-kernel-driver",
    "denied",
    "busy",
    "brltty",
    "modem-manager",
    "container",
    "fine",
  ]),
  level: z.enum(["ok", "warn", "fail"]),
  /** What was found, in English, with the names of ports and programs. */
  detail: z.string(),
  /** The one thing to do, in English. */
  hint: z.string().nullable(),
  /** To be typed into a terminal as it is, where that is the thing to do. */
  command: z.string().nullable(),
  code: z.string().nullable(),
});

export const feedInputSchema = z.strictObject({
  sensorId: ulidSchema,
  /** At most 48 KB, as base64. */
  bytes: z.base64().max(65_536),
  /** The input is over: an unfinished last message counts as finished. */
  last: z.boolean().default(false),
});

/** What these bytes decoded to. */
export const feedReportSchema = portCountersSchema.omit({ reconnects: true });
