import { createReflectedCrc16 } from "./crc16-reflected.ts";

const crc16 = createReflectedCrc16(0x8408);

/**
 * CRC-16/X-25 (polynomial 1021 reflected, initial value FFFF, inverted) of the bytes from `from` up to, not
 * including, `to`. Check value: `"123456789"` gives 906E.
 *
 * Source: BSI TR-03109-1, Anlage IV, SML 1.04, §8 (DIN EN 62056-46).
 */
export function crc16X25(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  return crc16(bytes, from, to, 0xffff) ^ 0xffff;
}

/** CRC-16/KERMIT: the same polynomial from 0, not inverted. Check value: `"123456789"` gives 2189. */
export function crc16Kermit(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  return crc16(bytes, from, to, 0);
}
