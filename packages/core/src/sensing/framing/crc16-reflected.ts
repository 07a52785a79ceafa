/** Computes a CRC over the bytes from `from` up to, not including, `to`, going on from `start`. */
export type ReflectedCrc16 = (bytes: Uint8Array, from: number, to: number, start: number) => number;

/** Makes the function for a reflected 16-bit polynomial. Source: Ross Williams, A Painless Guide to CRC, 1993, §11. */
export function createReflectedCrc16(polynomial: number): ReflectedCrc16 {
  const table = Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  return (bytes, from, to, start) => {
    let crc = start;
    for (let i = from; i < to; i++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
    return crc;
  };
}
