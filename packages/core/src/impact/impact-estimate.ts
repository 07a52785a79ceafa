import type { Verification } from "../knowledge/index.ts";

/** One uncertain input of an impact formula; editable, and shown with how it was checked. */
export interface Assumption {
  /** Variable of the formula. */
  readonly name: string;
  readonly label: string;
  readonly lo: number;
  readonly likely: number;
  readonly hi: number;
  readonly unit: string;
  readonly ver: Verification;
  readonly sourceId?: string;
  /** Factor of the catalogue it comes from; absent for planning inputs. */
  readonly factorId?: string;
  readonly caveat?: string;
}

/** What a project may bring on one indicator, as a range of simulated outcomes. */
export interface ImpactEstimate {
  readonly indicatorId: string;
  readonly label: string;
  readonly unit: string;
  /** Raw percentiles of the simulation; show them with `toTwoSignificant`. */
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** Best evidence grade reachable: A measured with control … D assumption. */
  readonly grade: "A" | "B" | "C" | "D";
  /** True: counts towards the indicator; false: only supports it (another unit, never added up). */
  readonly counts: boolean;
  /** What may be said about it; null where the catalogue says nothing. */
  readonly claim: string | null;
  readonly formula: string;
  readonly assumptions: readonly Assumption[];
}
