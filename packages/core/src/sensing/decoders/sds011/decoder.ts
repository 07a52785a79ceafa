import type { DecodedReading, Decoder } from "../../decoder.ts";
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

const FRAME_LENGTH = 10;
const HEAD = 0xaa;
const TAIL = 0xab;
const REPORT = 0xc0;
const REPLY = 0xc5;
/** The SDS198 (PM100 only) speaks the same frame shape under this command byte. */
const SDS198_REPORT = 0xcf;
/** Registers stop here: 999.9 µg/m³ for PM2.5, 1999.9 µg/m³ for PM10. */
const PM25_FULL_SCALE = 9999;
const PM10_FULL_SCALE = 19_999;

/**
 * Decodes the report frames of Nova SDS011, SDS018 and SDS021 into fine dust in µg/m³.
 *
 * A frame is ten bytes, `AA C0 | PM2.5 lo hi | PM10 lo hi | id id | sum | AB`, values in 0.1 µg/m³. Values are not
 * corrected for humidity: above about 70 % relative humidity they read high. All-zero dust means that the sensor
 * has nothing measured yet (`warming_up`); a register at full scale is `saturated`. Command replies (`AA C5`) are
 * refused as no reading, frames of an SDS198 (`AA CF`) as unsupported.
 *
 * Source: Nova Fitness, Laser Dust Sensor Control Protocol V1.3; saturation seen in 105 of 2.19 million public rows.
 */
export function createSds011Decoder(): Decoder {
  return createByteFramer({ startByte: HEAD, maxLength: FRAME_LENGTH, examine });
}

function examine({ bytes, start, available }: FrameCandidate): Verdict {
  if (available < 2) return WAIT;
  const command = bytes[start + 1];
  if (command !== REPORT && command !== REPLY && command !== SDS198_REPORT) return NONE;
  if (available < FRAME_LENGTH) return WAIT;
  if (bytes[start + 9] !== TAIL) return broken(FRAME_LENGTH, "SENSING_FRAME_MALFORMED");
  if (bytes[start + 8] !== payloadSum(bytes, start)) return broken(FRAME_LENGTH, "SENSING_FRAME_CHECKSUM");
  if (command === REPLY) return refused(FRAME_LENGTH, "SENSING_FRAME_NOT_A_READING");
  if (command === SDS198_REPORT) return refused(FRAME_LENGTH, "SENSING_FRAME_UNSUPPORTED");
  return decodeReport(bytes.subarray(start, start + FRAME_LENGTH));
}

function payloadSum(bytes: Uint8Array, start: number): number {
  let sum = 0;
  for (let i = start + 2; i < start + 8; i++) sum += bytes[i] ?? 0;
  return sum & 0xff;
}

function decodeReport(frame: Uint8Array): Verdict {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const pm25 = view.getUint16(2, true);
  const pm10 = view.getUint16(4, true);
  const identity = hex(frame[6]) + hex(frame[7]);
  const idle = pm25 === 0 && pm10 === 0;
  const readings: DecodedReading[] = [
    createReading("pm25", pm25 / 10, { quality: registerQuality(idle, pm25, PM25_FULL_SCALE) }),
    createReading("pm10", pm10 / 10, { quality: registerQuality(idle, pm10, PM10_FULL_SCALE) }),
  ];
  const raw = { command: "C0", pm25_register: pm25, pm10_register: pm10, device_id: identity, checksum: hex(frame[8]) };
  return { kind: "frame", length: FRAME_LENGTH, content: { identity, readings, raw } };
}

function registerQuality(idle: boolean, register: number, fullScale: number): QualityFlag[] {
  if (idle) return ["warming_up"];
  return register >= fullScale ? ["saturated"] : [];
}

function hex(byte: number | undefined): string {
  return (byte ?? 0).toString(16).padStart(2, "0").toUpperCase();
}
