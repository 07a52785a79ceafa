import { roundToDigits } from "./round-to-digits.ts";

/** Digits after which a 32-bit float says nothing any more. */
const DIGITS = 7;
/** One view for all reads: making one costs more than the read. */
const SCRATCH = new DataView(new ArrayBuffer(4));

/**
 * Reads a big-endian 32-bit float with the seven digits that it can carry (230.2, not 230.20001220703125); `null` when
 * it is no number.
 */
export function readFloat32(bytes: Uint8Array, at: number): number | null {
  for (let i = 0; i < 4; i++) SCRATCH.setUint8(i, bytes[at + i] ?? 0);
  const value = SCRATCH.getFloat32(0);
  return Number.isFinite(value) ? roundToDigits(value, DIGITS) : null;
}
