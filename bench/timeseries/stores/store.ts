import type { Workload } from "../workload.ts";

/** Totals by which stores prove that they hold the same readings. */
export interface Answer {
  readonly rows: number;
  readonly n: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A contender: loads the whole workload, then answers the three questions. Sums are in scaled whole numbers. */
export interface Store {
  readonly name: string;
  load(workload: Workload): Promise<void>;
  /** Bytes of everything that holds readings. */
  bytes(): number;
  /** All readings of the first series in a span, as arrays. */
  raw(span: Span): Promise<Answer> | Answer;
  /** n, mean, min and max of the first series per bucket of a fixed width from `span.from` on. */
  buckets(span: Span, widthMs: number): Promise<Answer> | Answer;
  /** The same per day of all four series; days begin `offsetMs` before UTC midnight. */
  byDay(span: Span, offsetMs: number): Promise<Answer> | Answer;
  close(): void;
}

export const NOTHING: Answer = {
  rows: 0,
  n: 0,
  sum: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
};

/** Adds one bucket to an answer. */
export function plus(answer: Answer, n: number, sum: number, min: number, max: number): Answer {
  return {
    rows: answer.rows + 1,
    n: answer.n + n,
    sum: answer.sum + sum,
    min: Math.min(answer.min, min),
    max: Math.max(answer.max, max),
  };
}
