const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  return crc;
});

/**
 * CRC-16/ARC (polynomial A001 reflected, initial value 0, no final xor) of the bytes from `from` up to, not
 * including, `to`. Check value: `"123456789"` gives BB3D.
 *
 * Source: Netbeheer Nederland, P1 Companion Standard 5.0.2, §6.2.
 */
export function crc16Arc(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  let crc = 0;
  for (let i = from; i < to; i++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return crc;
}
