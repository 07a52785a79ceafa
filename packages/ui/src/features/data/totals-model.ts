import type { ConsumptionView, TotalsView } from "@ecolocal/core/api";
import { DAY_MS, type Quantity, quantitySpec } from "@ecolocal/core/shared";
import type { PeriodBar } from "../../kit/index.ts";

export type PeriodUnit = "hour" | "day" | "month";

/** How a span is best cut: two days into hours, two months into days, longer ones into months. */
export function periodUnit(from: number, to: number): PeriodUnit {
  if (to - from <= 2 * DAY_MS) return "hour";
  return to - from <= 62 * DAY_MS ? "day" : "month";
}

/** How values of a quantity are summed: use of a meter, increments (rain), or not at all. */
export function summedBy(quantity: Quantity): "consumption" | "totals" | null {
  const { kind } = quantitySpec(quantity);
  if (kind === "counter") return "consumption";
  return kind === "sum" ? "totals" : null;
}

/** The periods of an answer as bars, those that begin after `now` left out. */
export function periodBars(answer: ConsumptionView | TotalsView, now: number): readonly PeriodBar[] {
  const bars = Array.from(answer.from, (from, i): PeriodBar => {
    if ("used" in answer) return { from, certain: known(answer.used[i]), estimated: answer.estimated[i] ?? 0 };
    return { from, certain: (answer.coverage[i] ?? 0) > 0 ? known(answer.total[i]) : null, estimated: 0 };
  });
  return bars.filter(({ from }) => from < now);
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

export interface PeriodFigures {
  readonly sum: number;
  readonly estimated: number;
  readonly most: PeriodBar;
}

/** What bars amount to, and the fullest of them; null when nothing was measured. */
export function periodFigures(bars: readonly PeriodBar[]): PeriodFigures | null {
  const measured = bars.filter(({ certain, estimated }) => certain !== null || estimated > 0);
  const [first] = measured;
  if (first === undefined) return null;
  const of = (bar: PeriodBar) => (bar.certain ?? 0) + bar.estimated;
  return {
    sum: measured.reduce((sum, bar) => sum + of(bar), 0),
    estimated: measured.reduce((sum, bar) => sum + bar.estimated, 0),
    most: measured.reduce((best, bar) => (of(bar) > of(best) ? bar : best), first),
  };
}
