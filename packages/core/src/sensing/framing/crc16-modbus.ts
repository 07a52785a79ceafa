import { createReflectedCrc16 } from "./crc16-reflected.ts";

const crc16 = createReflectedCrc16(0xa001);

/**
 * CRC-16/MODBUS (polynomial 8005 reflected, initial value FFFF) of the bytes from `from` up to, not including, `to`;
 * sent low byte first. Check value: `"123456789"` gives 4B37.
 *
 * Source: Modbus Organization, MODBUS over Serial Line V1.02, §6.2.2.
 */
export function crc16Modbus(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  return crc16(bytes, from, to, 0xffff);
}
