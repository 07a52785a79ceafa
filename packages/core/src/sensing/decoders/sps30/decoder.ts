import type { Quantity } from "../../../shared/index.ts";
import type { DecodedReading, Decoder } from "../../decoder.ts";
import { createByteFramer, refused, type Verdict } from "../../framing/byte-framer.ts";
import { readFloat32 } from "../../framing/float32.ts";
import { createShdlcRule, type ShdlcFrame } from "../../framing/shdlc.ts";
import { latin1 } from "../../framing/text.ts";
import { createReading } from "../../plausibility.ts";

const READ_VALUES = 0x03;
const DEVICE_INFO = 0xd0;
/** A product type ("00080000") is shorter than any serial number. */
const MIN_SERIAL_LENGTH = 10;
const FLOAT_LENGTH = 4;
const WORD_LENGTH = 2;
const NANOMETRES_PER_MICROMETRE = 1000;

type SpsField = readonly [name: string, quantity: Quantity, channel?: string];

/** In the order of the datasheet. Counts are of particles from 0.3 µm up to the channel's size. */
const FIELDS: readonly SpsField[] = [
  ["mc_1p0", "pm1"],
  ["mc_2p5", "pm25"],
  ["mc_4p0", "pm4"],
  ["mc_10p0", "pm10"],
  ["nc_0p5", "particle_count", "0.3-0.5um"],
  ["nc_1p0", "particle_count", "0.3-1.0um"],
  ["nc_2p5", "particle_count", "0.3-2.5um"],
  ["nc_4p0", "particle_count", "0.3-4.0um"],
  ["nc_10p0", "particle_count", "0.3-10um"],
  ["typical_particle_size", "typical_size"],
];

/**
 * Decodes the measurements of a Sensirion SPS30: dust in µg/m³, counts per cm³, typical size in µm.
 *
 * Reads both formats, ten floats or ten integers. An answer without data means that there is nothing new; it and every
 * other answer, and errors, are refused as no reading. Nothing but zeros is `warming_up`. The serial number is the
 * identity once the device was asked for it.
 *
 * Source: Sensirion, SPS30 datasheet v1.0 (March 2020), §4.
 */
export function createSps30Decoder(): Decoder {
  let identity: string | undefined;
  return createByteFramer(
    createShdlcRule((frame, length) => {
      identity = readSerial(frame) ?? identity;
      const values = readValues(frame);
      if (values === null) return refused(length, "SENSING_FRAME_NOT_A_READING");
      return decodeValues(values, frame, length, identity);
    }),
  );
}

function readSerial(frame: ShdlcFrame): string | undefined {
  if (frame.kind !== "answer" || frame.command !== DEVICE_INFO || frame.error !== 0) return undefined;
  const text = latin1(frame.data).split("\0")[0] ?? "";
  return text.length >= MIN_SERIAL_LENGTH && /^[\x21-\x7e]+$/.test(text) ? text : undefined;
}

/** The ten values; `null` when the frame is no measurement. */
function readValues(frame: ShdlcFrame): (number | null)[] | null {
  if (frame.kind !== "answer" || frame.command !== READ_VALUES || frame.error !== 0) return null;
  const { data } = frame;
  if (data.length === FIELDS.length * FLOAT_LENGTH) return FIELDS.map((_, i) => readFloat32(data, i * FLOAT_LENGTH));
  if (data.length !== FIELDS.length * WORD_LENGTH) return null;
  const words = FIELDS.map((_, i) => ((data[i * WORD_LENGTH] ?? 0) << 8) | (data[i * WORD_LENGTH + 1] ?? 0));
  return words.map((word, i) => (i === FIELDS.length - 1 ? word / NANOMETRES_PER_MICROMETRE : word));
}

function decodeValues(
  values: readonly (number | null)[],
  frame: ShdlcFrame,
  length: number,
  identity: string | undefined,
): Verdict {
  const quality = values.every((value) => value === 0) ? (["warming_up"] as const) : [];
  const statusFlag = frame.kind === "answer" && frame.statusFlag;
  const raw: Record<string, number | boolean | null> = { address: frame.address, status_flag: statusFlag };
  const readings: DecodedReading[] = [];
  for (let i = 0; i < FIELDS.length; i++) {
    const [name, quantity, channel] = FIELDS[i] as SpsField;
    const value = values[i] ?? null;
    raw[name] = value;
    if (value !== null) readings.push(createReading(quantity, value, { quality, channel }));
  }
  return { kind: "frame", length, content: { ...(identity === undefined ? {} : { identity }), readings, raw } };
}
