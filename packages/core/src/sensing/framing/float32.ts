/**
 * Reads a big-endian 32-bit float with the seven digits that it can carry (230.2, not 230.20001220703125); `null` when
 * it is no number.
 */
export function readFloat32(bytes: Uint8Array, at: number): number | null {
  const value = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat32(at);
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : null;
}
