/** What a result becomes when one assumption alone is at its low and at its high end. */
export interface TornadoRow {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** Widest first: what matters most stands on top. */
export function tornadoOrder(rows: readonly TornadoRow[]): readonly TornadoRow[] {
  return [...rows].sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
}
