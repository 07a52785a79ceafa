/** What a ratio must be for a measure to count as met. */
export interface Target {
  readonly at: "least" | "most";
  readonly ratio: number;
}

export const atLeast = (ratio: number): Target => ({ at: "least", ratio });
export const atMost = (ratio: number): Target => ({ at: "most", ratio });

/** One result; `peer` null means that the peer was not there to be measured. */
export interface Measure {
  readonly measure: string;
  readonly ours: number;
  readonly peer?: number | null;
  readonly peerName: string;
  /** Of both numbers. */
  readonly unit: string;
  /**
   * How the ratio is formed: `smaller` is better (peer / ours), `larger` is better (ours / peer), or `share`
   * (ours / peer, for targets of the kind "at most 1.25 ×").
   */
  readonly better: "smaller" | "larger" | "share";
  readonly target?: Target;
  readonly note?: string;
}

/** One line of `--json`. */
export interface MeasureLine {
  readonly bench: string;
  readonly measure: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly peerName: string;
  readonly unit: string;
  readonly ratio: number | null;
  readonly target: string | null;
  /** Null where there is no target, or no peer to compare with. */
  readonly ok: boolean | null;
  readonly note?: string;
}

/** Forms the ratio of a result and compares it with its target. */
export function toLine(bench: string, result: Measure): MeasureLine {
  const { measure, ours, peerName, unit, target, note } = result;
  const peer = result.peer ?? null;
  const ratio = peer === null ? null : result.better === "smaller" ? peer / ours : ours / peer;
  return {
    bench,
    measure,
    ours: rounded(ours),
    peer: peer === null ? null : rounded(peer),
    peerName,
    unit,
    ratio: ratio === null ? null : rounded(ratio),
    target: target ? `${target.at === "least" ? ">=" : "<="}${target.ratio}` : null,
    ok: ratio === null || !target ? null : target.at === "least" ? ratio >= target.ratio : ratio <= target.ratio,
    ...(note === undefined ? {} : { note }),
  };
}

/** Four significant digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export type Scale = "quick" | "usual" | "full";

export interface BenchOptions {
  /** `quick` to see that it runs, `usual` for the numbers, `full` for everything, however long it takes. */
  readonly scale: Scale;
  /** A folder of one's own for files; removed by the runner. */
  readonly folder: string;
  /** Tells people what is going on, on stderr. */
  say(text: string): void;
  report(measure: Measure): void;
}

/** One benchmark: a file `NAME/TOPIC.bench.ts` exports `benchmark`. */
export interface Benchmark {
  readonly title: string;
  run(options: BenchOptions): Promise<void>;
}
