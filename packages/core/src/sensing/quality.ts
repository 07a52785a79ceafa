/**
 * Quality flags of a reading, as bits that combine; 0 means ok. The raw value is always kept.
 *
 * Source: shared facts "sensors.md" §5.2.
 */
export const QUALITY_BITS = {
  warming_up: 1 << 0,
  saturated: 1 << 1,
  out_of_range: 1 << 2,
  stuck: 1 << 3,
  spike: 1 << 4,
  device_error: 1 << 5,
  clock_suspect: 1 << 6,
  duplicate: 1 << 7,
  gap_before: 1 << 8,
  estimated: 1 << 9,
  manual: 1 << 10,
  excluded: 1 << 11,
  corrected: 1 << 12,
} as const;

export type QualityFlag = keyof typeof QUALITY_BITS;

/** Readings with any of these bits are left out of statistics and judgements. */
export const UNUSABLE_BITS: number =
  QUALITY_BITS.warming_up | QUALITY_BITS.out_of_range | QUALITY_BITS.device_error | QUALITY_BITS.excluded;

export function qualityBits(flags: readonly QualityFlag[]): number {
  return flags.reduce((bits, flag) => bits | QUALITY_BITS[flag], 0);
}

/** Lists the flags set in `bits`, in declaration order; an empty list means ok. */
export function qualityFlags(bits: number): QualityFlag[] {
  return (Object.keys(QUALITY_BITS) as QualityFlag[]).filter((flag) => (bits & QUALITY_BITS[flag]) !== 0);
}

export function isUsable(bits: number): boolean {
  return (bits & UNUSABLE_BITS) === 0;
}
