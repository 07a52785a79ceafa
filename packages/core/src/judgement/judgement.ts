import type { BandLevel, BandTone } from "../knowledge/bands/index.ts";
import { createSentence, type Sentence, type Verification } from "../knowledge/words/index.ts";
import type { Instant } from "../shared/index.ts";
import type { BandSetRef } from "./index-result.ts";

/** One verdict about one channel, with everything needed to show where it comes from. */
export interface Judgement {
  readonly bandSet: BandSetRef;
  /** What was compared (`nowcast_12h`, `mean_24h`, `now`, …). */
  readonly statistic: string;
  readonly value: number;
  readonly unit: string;
  /** Index number where the scale has one. */
  readonly index: number | null;
  readonly band: {
    readonly id: string;
    readonly label: string;
    /** 0 = first band of `count`. */
    readonly rank: number;
    readonly count: number;
    readonly tone: BandTone;
    readonly color: string | null;
  };
  readonly advice: Sentence | null;
  /** Share of the averaging window that is present, 0…1. */
  readonly coverage: number;
  /** Too little of the window is there, or the device class is too weak, for a firm statement. */
  readonly provisional: boolean;
  readonly verification: Verification;
  readonly sourceId: string;
  /** End of the window that was judged. */
  readonly at: Instant;
}

/** A verdict, or the honest statement that there is too little data for one. */
export type SeriesJudgement =
  | { readonly kind: "judged"; readonly judgement: Judgement }
  | {
      readonly kind: "not-enough-data";
      readonly bandSet: BandSetRef;
      readonly statistic: string;
      readonly haveHours: number;
      readonly needHours: number;
      readonly sentence: Sentence;
    };

interface JudgedHead {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly sources: readonly string[];
  readonly ver: Verification;
}

export interface JudgedValue {
  readonly statistic: string;
  readonly value: number;
  readonly unit: string;
  readonly index: number | null;
  readonly coverage: number;
  readonly provisional: boolean;
  readonly verification?: Verification;
  readonly at: Instant;
}

export function judged(
  set: JudgedHead,
  level: BandLevel,
  rank: number,
  count: number,
  found: JudgedValue,
): SeriesJudgement {
  const { verification = set.ver, ...value } = found;
  const advice =
    level.advice === undefined ? null : createSentence(`judgement.${set.id}.${level.id}.advice`, level.advice);
  return {
    kind: "judged",
    judgement: {
      bandSet: { id: set.id, version: set.version, title: set.title },
      ...value,
      band: { id: level.id, label: level.label, rank, count, tone: level.tone, color: level.color ?? null },
      advice,
      verification,
      sourceId: set.sources[0] ?? "src.assumption",
    },
  };
}

export function notEnoughData(
  set: JudgedHead,
  statistic: string,
  haveHours: number,
  needHours: number,
): SeriesJudgement {
  return {
    kind: "not-enough-data",
    bandSet: { id: set.id, version: set.version, title: set.title },
    statistic,
    haveHours,
    needHours,
    sentence: createSentence("judgement.not-enough-data", "{have} of {need} hours", {
      have: haveHours,
      need: needHours,
    }),
  };
}
