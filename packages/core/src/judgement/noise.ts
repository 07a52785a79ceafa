/** Energy mean of equally long sound levels in dB; empty input gives NaN. */
export function energyMeanDb(levels: readonly number[]): number {
  const sum = levels.reduce((energy, level) => energy + 10 ** (level / 10), 0);
  return 10 * Math.log10(sum / levels.length);
}

/**
 * Day-evening-night level in dB from the levels of 07–19, 19–23 (+5 dB) and 23–07 (+10 dB).
 * Source: Directive 2002/49/EC, Annex I.
 */
export function lden(dayDb: number, eveningDb: number, nightDb: number): number {
  const energy = 12 * 10 ** (dayDb / 10) + 4 * 10 ** ((eveningDb + 5) / 10) + 8 * 10 ** ((nightDb + 10) / 10);
  return 10 * Math.log10(energy / 24);
}
