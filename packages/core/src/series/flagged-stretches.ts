import { type QualityFlag, qualityFlags } from "../sensing/index.ts";
import type { Instant } from "../shared/index.ts";

/** Neighbouring readings that share a flag. */
export interface FlaggedStretch {
  readonly flag: QualityFlag;
  readonly from: Instant;
  /** Time of the last of them. */
  readonly to: Instant;
  readonly readings: number;
}

/** Brings flags of single readings together into stretches, in order of their beginning; at most `limit` of them. */
export function flaggedStretches(at: ArrayLike<number>, bits: ArrayLike<number>, limit = 1000): FlaggedStretch[] {
  const open = new Map<QualityFlag, { from: Instant; to: Instant; readings: number }>();
  const done: FlaggedStretch[] = [];
  for (let i = 0; i < at.length; i++) {
    const flags = new Set(qualityFlags(bits[i] ?? 0));
    for (const [flag, stretch] of open) {
      if (flags.has(flag)) continue;
      done.push({ flag, ...stretch });
      open.delete(flag);
    }
    for (const flag of flags) {
      const stretch = open.get(flag) ?? { from: at[i] ?? 0, to: 0, readings: 0 };
      open.set(flag, { from: stretch.from, to: at[i] ?? 0, readings: stretch.readings + 1 });
    }
  }
  for (const [flag, stretch] of open) done.push({ flag, ...stretch });
  return done.sort((a, b) => a.from - b.from).slice(0, limit);
}
