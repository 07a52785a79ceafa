import type { IndexResult } from "./index-result.ts";

/** Averaged values by input key, in the unit the index names for that key. */
export type IndexInputs = Readonly<Record<string, number>>;

export interface IndexInputSpec {
  readonly key: string;
  readonly aliases: readonly string[];
  readonly unit: string;
  readonly statistic: string;
  /** The index says nothing without it. */
  readonly required?: boolean;
  /** Not enough on its own. */
  readonly optional?: boolean;
}

/** One index a person can ask for by name. */
export interface IndexDefinition {
  readonly name: string;
  readonly title: string;
  readonly bandSetId: string;
  readonly version: string;
  readonly inputs: readonly IndexInputSpec[];
  /** Judges inputs whose keys and values were checked by `computeIndex`. */
  compute(inputs: IndexInputs): IndexResult;
}
