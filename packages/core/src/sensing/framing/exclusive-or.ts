/** Exclusive or of the bytes from `from` up to, not including, `to`: the check of NMEA sentences and IEC 62056-21 blocks. */
export function exclusiveOr(bytes: Uint8Array, from: number, to: number): number {
  let check = 0;
  for (let i = from; i < to; i++) check ^= bytes[i] ?? 0;
  return check;
}
