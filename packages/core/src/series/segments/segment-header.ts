import * as z from "zod";
import { SHARED_RESOLUTIONS } from "../../community/index.ts";
import { isQuantity, isUlid, type Quantity } from "../../shared/index.ts";

/** What everyone who makes, carries or reads segments keeps to. Sizes in bytes. */
export interface SegmentLimits {
  /** One segment as a file: header, signature and compressed readings. */
  readonly segmentBytes: number;
  /** One piece of an upload or download. */
  readonly pieceBytes: number;
  /** Readings in one segment: a day has 86,400 seconds. */
  readonly readings: number;
  /** All segments of a group. */
  readonly groupBytes: number;
  readonly channelsPerMember: number;
  /** Uploads of one member that are under way. */
  readonly openUploads: number;
}

const KIB = 1024;

export const SEGMENT_LIMITS: SegmentLimits = {
  segmentBytes: 1024 * KIB,
  pieceBytes: 256 * KIB,
  readings: 86_400,
  groupBytes: 2 * KIB * KIB * KIB,
  channelsPerMember: 500,
  openUploads: 8,
};

const shortText = z.string().max(300);
const accountId = z.string().regex(/^[a-z0-9-]{1,64}$/);
const ulid = z.string().refine(isUlid);
const LAST_DAY = 200_000;

/**
 * What a segment says about itself, in its first lines and under its signature: the readings of one channel on one UTC
 * day, as its owner sees them now. A later `revision` of the day takes the place of an earlier one.
 */
export const segmentHeaderSchema = z.strictObject({
  groupId: accountId,
  owner: z.strictObject({
    userId: accountId,
    userName: z.string().max(120),
    deviceId: accountId,
    /** Ed25519, 32 bytes, base64url: the key of the signature. */
    publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  }),
  channel: z.strictObject({
    id: ulid,
    quantity: z.custom<Quantity>((value) => typeof value === "string" && isQuantity(value)),
    key: z.string().max(60),
    place: shortText,
    exposure: z.enum(["indoor", "outdoor", "mobile", "unknown"]),
    /** Expected time between the readings of the segment, in ms. */
    intervalMs: z
      .number()
      .int()
      .min(1)
      .max(366 * 86_400_000),
  }),
  /** Null for imported and typed-in channels. */
  sensor: z.strictObject({ id: ulid, name: shortText }).nullable(),
  audience: z.enum(["group", "public"]),
  resolution: z.enum(SHARED_RESOLUTIONS),
  /** Rises when the owner begins to number anew: another level of sharing, or a device that lost its tail. */
  epoch: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  /** 1, 2, 3 … per channel and epoch, without gaps. */
  seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** Days since 1970-01-01, UTC. */
  day: z.number().int().min(0).max(LAST_DAY),
  /** 1, 2, 3 … per channel and day. */
  revision: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  /** Readings in the body; none where all readings of the day are gone. */
  readings: z.number().int().min(0).max(SEGMENT_LIMITS.readings),
  /** All instants are multiples of this, in ms. */
  resolutionMs: z.union([z.literal(1), z.literal(1000)]),
  /** How the sections of the body are compressed: 1 zstd, 2 deflate. */
  codec: z.union([z.literal(1), z.literal(2)]),
  madeAt: z.number().int().nonnegative(),
  /** Of the body, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type SegmentHeader = z.output<typeof segmentHeaderSchema>;
