import { createReflectedCrc16 } from "./crc16-reflected.ts";

const crc16 = createReflectedCrc16(0xa001);

/**
 * CRC-16/ARC (polynomial A001 reflected, initial value 0, no final xor) of the bytes from `from` up to, not
 * including, `to`. Check value: `"123456789"` gives BB3D.
 *
 * Source: Netbeheer Nederland, P1 Companion Standard 5.0.2, §6.2.
 */
export function crc16Arc(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  return crc16(bytes, from, to, 0);
}
