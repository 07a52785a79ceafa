const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  return crc;
});

/**
 * CRC-16/X-25 (polynomial 1021 reflected, initial value FFFF, inverted) of the bytes from `from` up to, not
 * including, `to`. Check value: `"123456789"` gives 906E.
 *
 * Source: BSI TR-03109-1, Anlage IV, SML 1.04, §8 (DIN EN 62056-46).
 */
export function crc16X25(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  return reflected(bytes, from, to, 0xffff) ^ 0xffff;
}

/** CRC-16/KERMIT: the same polynomial from 0, not inverted. Check value: `"123456789"` gives 2189. */
export function crc16Kermit(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  return reflected(bytes, from, to, 0);
}

function reflected(bytes: Uint8Array, from: number, to: number, start: number): number {
  let crc = start;
  for (let i = from; i < to; i++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return crc;
}
