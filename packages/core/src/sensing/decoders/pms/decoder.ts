import type { DecodedReading, Decoder } from "../../decoder.ts";
import type { DecoderOptions } from "../../driver.ts";
import {
  broken,
  createByteFramer,
  type FrameCandidate,
  NONE,
  refused,
  type Verdict,
  WAIT,
} from "../../framing/byte-framer.ts";
import { createReading } from "../../plausibility.ts";
import type { QualityFlag } from "../../quality.ts";
import {
  LAST_COUNT_WORDS,
  LAYOUT_BY_LENGTH,
  PMS5003S,
  PMS5003T,
  type PmsField,
  type PmsLayout,
  REPLY_LENGTH,
} from "./layout.ts";

const HEAD = 0x42;
const SECOND = 0x4d;
const HEADER_LENGTH = 4;
const MAX_FRAME_LENGTH = 40;
const COMMON_LENGTH = 0x1c;
/** 100 %. */
const MAX_HUMIDITY_WORD = 1000;

/**
 * Decodes the frames of Plantower PMS1003, 3003, 5003, 7003, A003 and of PMS5003T, S and ST.
 *
 * A frame is `42 4D | length | words | sum`, all big-endian; the length tells the layout, except that PMS5003T and S
 * are as long as a PMS5003: name them as `variant`. Without it a PMS5003T is recognised by a count that grows with
 * size, which no counter can show, and a PMS5003S by an error without a firmware version. Dust is in µg/m³ ("atmospheric" without a channel, factory
 * material as channel `cf1`), counts of particles larger than their channel per cm³, formaldehyde in mg/m³.
 *
 * Nothing but zeros is `warming_up`, and so are masses without a single counted particle, which a sensor shows after
 * waking; a device that reports an error is `device_error`. Answers to commands are refused as no reading.
 *
 * Source: Plantower, PMS5003 series data manual V2.3, appendix I.
 */
export function createPmsDecoder({ variant }: DecoderOptions = {}): Decoder {
  const named = variant === "pms5003t" ? PMS5003T : variant === "pms5003s" ? PMS5003S : null;
  let common = named;
  return createByteFramer({
    startByte: HEAD,
    maxLength: MAX_FRAME_LENGTH,
    examine(candidate) {
      const length = checkFrame(candidate);
      if (typeof length !== "number") return length;
      const frame = candidate.bytes.subarray(candidate.start, candidate.start + HEADER_LENGTH + length);
      if (length === COMMON_LENGTH) common ??= inferLayout(frame);
      const layout = (length === COMMON_LENGTH ? common : null) ?? LAYOUT_BY_LENGTH.get(length);
      return layout === undefined ? NONE : decodeFrame(frame, layout);
    },
  });
}

/** The length field of a good frame of readings, or why there is none. */
function checkFrame({ bytes, start, available }: FrameCandidate): Verdict | number {
  if (available < 2) return WAIT;
  if (bytes[start + 1] !== SECOND) return NONE;
  if (available < HEADER_LENGTH) return WAIT;
  const length = word(bytes, start + 2);
  if (length !== REPLY_LENGTH && !LAYOUT_BY_LENGTH.has(length)) return broken(HEADER_LENGTH, "SENSING_FRAME_MALFORMED");
  const frameLength = HEADER_LENGTH + length;
  if (available < frameLength) return WAIT;
  const sumAt = start + frameLength - 2;
  let sum = 0;
  for (let i = start; i < sumAt; i++) sum += bytes[i] ?? 0;
  if (sum !== word(bytes, sumAt)) return broken(frameLength, "SENSING_FRAME_CHECKSUM");
  return length === REPLY_LENGTH ? refused(frameLength, "SENSING_FRAME_NOT_A_READING") : length;
}

/** The member of the family that a frame gives away; `null` when it may be a plain PMS5003. */
function inferLayout(frame: Uint8Array): PmsLayout | null {
  const [first, second] = LAST_COUNT_WORDS;
  // Particles larger than 10 µm are among those larger than 5 µm: more of them are humidity above temperature.
  const [temperature, humidity] = [wordNumber(frame, first), wordNumber(frame, second)];
  if (humidity > temperature && humidity <= MAX_HUMIDITY_WORD) return PMS5003T;
  // Every firmware has a version; an error without one is a little formaldehyde.
  const [version, error] = [frame[frame.length - 4], frame[frame.length - 3]];
  return version === 0 && error !== 0 ? PMS5003S : null;
}

function decodeFrame(frame: Uint8Array, { fields, hasStatus }: PmsLayout): Verdict {
  const raw: Record<string, number> = { length: frame.length - HEADER_LENGTH };
  const error = hasStatus ? (frame[frame.length - 3] ?? 0) : 0;
  const quality = frameQuality(frame, fields, error);
  const readings: DecodedReading[] = [];
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    const value = wordNumber(frame, i + 1);
    if (field) {
      raw[field.name] = signed(field, value);
      readings.push(
        createReading(field.quantity, signed(field, value) / field.divisor, { quality, channel: field.channel }),
      );
    } else {
      raw[`word_${i + 1}`] = value;
    }
  }
  if (hasStatus) raw["version"] = frame[frame.length - 4] ?? 0;
  if (hasStatus) raw["error"] = error;
  raw["checksum"] = word(frame, frame.length - 2);
  return { kind: "frame", length: frame.length, content: { readings, raw } };
}

/** A sensor that counts particles has measured something as soon as one of them is counted. */
function frameQuality(frame: Uint8Array, fields: PmsLayout["fields"], error: number): QualityFlag[] {
  const isCount = (field: PmsField | null): boolean => field?.quantity === "particle_count";
  const idle = fields.some(isCount) && fields.every((field, i) => !isCount(field) || wordNumber(frame, i + 1) === 0);
  return [...(idle ? (["warming_up"] as const) : []), ...(error === 0 ? [] : (["device_error"] as const))];
}

function signed(field: PmsField, value: number): number {
  return field.signed === true && value >= 0x8000 ? value - 0x10000 : value;
}

function wordNumber(frame: Uint8Array, number: number): number {
  return word(frame, HEADER_LENGTH + (number - 1) * 2);
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
