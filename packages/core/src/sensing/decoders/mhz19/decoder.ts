import type { Decoder } from "../../decoder.ts";
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

const HEAD = 0xff;
const FRAME_LENGTH = 9;
const GAS_CONCENTRATION = 0x86;
/** The second byte of a request, which adapters may echo, and of the answers to commands. */
const OTHER_SECONDS: ReadonlySet<number> = new Set([0x01, 0x78, 0x79, 0x7d, 0x87, 0x88, 0x99, 0x9b, 0xa0]);
const TEMPERATURE_OFFSET = 40;

/** Largest value by variant, in ppm; values stop there. The first one is assumed. */
export const MHZ19_RANGES: ReadonlyMap<string, number> = new Map([
  ["5000", 5000],
  ["2000", 2000],
  ["10000", 10_000],
]);
/** What a starting sensor shows for about a minute, after one or two other values. */
const BOOT_PPM = 410;
const BOOT_RUN_STARTS_WITHIN = 3;
const BOOT_ENDS_WITHIN = 30;

/**
 * Decodes the answers of Winsen MH-Z19B and MH-Z19C into CO2 in ppm.
 *
 * An answer is nine bytes, `FF 86 hi lo T+40 status u u sum`, the sum being the two's complement of bytes 1 to 7:
 * clones that send 0 for it are refused. A CO2 of 0 and the constant 410 ppm of a starting sensor are `warming_up`, a
 * value at the end of the range (`variant`) is `saturated`. The temperature is undocumented and stays in `raw`.
 *
 * Source: Winsen, MH-Z19B user's manual v1.6; boot sequence recorded by users of pmsensor (410 ppm).
 */
export function createMhz19Decoder({ variant = "" }: DecoderOptions = {}): Decoder {
  const rangePpm = MHZ19_RANGES.get(variant) ?? 5000;
  let frames = 0;
  let booting = false;
  return createByteFramer({
    startByte: HEAD,
    maxLength: FRAME_LENGTH,
    examine(candidate) {
      const frame = checkFrame(candidate);
      if (!(frame instanceof Uint8Array)) return frame;
      const co2 = ((frame[2] ?? 0) << 8) | (frame[3] ?? 0);
      frames += 1;
      booting = co2 === BOOT_PPM && frames <= BOOT_ENDS_WITHIN && (booting || frames <= BOOT_RUN_STARTS_WITHIN);
      return decodeFrame(frame, co2, co2 === 0 || booting ? ["warming_up"] : co2 >= rangePpm ? ["saturated"] : []);
    },
  });
}

function checkFrame({ bytes, start, available }: FrameCandidate): Verdict | Uint8Array {
  if (available < 2) return WAIT;
  const second = bytes[start + 1] ?? 0;
  if (second !== GAS_CONCENTRATION && !OTHER_SECONDS.has(second)) return NONE;
  if (available < FRAME_LENGTH) return WAIT;
  let sum = 0;
  for (let i = start + 1; i < start + FRAME_LENGTH; i++) sum += bytes[i] ?? 0;
  if ((sum & 0xff) !== 0) return broken(FRAME_LENGTH, "SENSING_FRAME_CHECKSUM");
  if (second !== GAS_CONCENTRATION) return refused(FRAME_LENGTH, "SENSING_FRAME_NOT_A_READING");
  return bytes.subarray(start, start + FRAME_LENGTH);
}

function decodeFrame(frame: Uint8Array, co2: number, quality: readonly QualityFlag[]): Verdict {
  const raw = {
    co2_ppm: co2,
    temperature_c_undocumented: (frame[4] ?? 0) - TEMPERATURE_OFFSET,
    status: frame[5] ?? 0,
    u: ((frame[6] ?? 0) << 8) | (frame[7] ?? 0),
  };
  return { kind: "frame", length: FRAME_LENGTH, content: { readings: [createReading("co2", co2, { quality })], raw } };
}
