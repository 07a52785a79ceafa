import type { Verification } from "../knowledge/words/index.ts";

/** Which band set a judgement used; sets change, so id and version stay with the result. */
export interface BandSetRef {
  readonly id: string;
  readonly version: string;
  readonly title: string;
}

/** What one pollutant contributed to an index. */
export interface IndexPart {
  readonly pollutant: string;
  /** The input's key in the band set (`o3_8h`). */
  readonly input: string;
  readonly value: number;
  readonly unit: string;
  /** The averaging time the value must have for the judgement to hold. */
  readonly statistic: string;
  readonly index: number | null;
  readonly band: string | null;
  readonly bandLabelKey: string | null;
  readonly verification: Verification;
  /** For guidelines: the limit, and whether the value lies on its wrong side. */
  readonly limit?: number;
  readonly exceeds?: boolean;
  /** Strictest interim target (1 = loosest) that a value above the guideline still meets. */
  readonly interimTarget?: number;
  readonly note?: string;
}

/** The answer of one index to averaged concentrations. */
export interface IndexResult {
  readonly index: string;
  /** Overall index number; for scales of one quantity the value the bands apply to; null where there is none (WHO). */
  readonly value: number | null;
  readonly band: string | null;
  readonly bandLabel: string | null;
  readonly bandLabelKey: string | null;
  readonly color: string | null;
  readonly advice: string | null;
  /** Pollutant that decided; absent for scales of one quantity. */
  readonly responsible?: string;
  readonly perPollutant: readonly IndexPart[];
  readonly bandSet: BandSetRef;
  readonly verification: Verification;
  readonly sources: readonly string[];
}

/** Message id of a band's name: `judgement.<band set>.<level>`. */
export function bandLabelKey(bandSetId: string, levelId: string): string {
  return `judgement.${bandSetId}.${levelId}`;
}
