import type { Quantity } from "../../shared/index.ts";
import { fitLeastSquares, mean } from "./least-squares.ts";

/** How well a sensor agrees with a reference beside it. Units are those of the quantity. */
export interface Agreement {
  readonly n: number;
  /** Of the sensor on the reference: 1 and 0 for a perfect one. */
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
  /** Root of the mean squared difference between sensor and reference. */
  readonly rmse: number;
  /** `rmse` in per cent of the mean of the reference. */
  readonly nrmse: number;
  /** Mean of sensor minus reference. */
  readonly bias: number;
}

export type TargetName = "slope" | "intercept" | "r2" | "error";

/** Whether the performance targets for a quantity are met, one by one; `null` for quantities without any. */
export interface TargetVerdict {
  readonly source: string;
  readonly met: boolean;
  readonly targets: readonly { readonly name: TargetName; readonly met: boolean; readonly text: string }[];
}

interface Targets {
  readonly slope: readonly [min: number, max: number];
  /** Largest intercept, either sign. */
  readonly intercept: number;
  readonly r2: number;
  readonly rmse: number;
  /** Per cent; meeting either error target is enough. `null` where there is none. */
  readonly nrmse: number | null;
  readonly source: string;
}

/**
 * Source: US EPA, Performance Testing Protocols, Metrics, and Target Values for Fine Particulate Matter Air Sensors,
 * EPA/600/R-20/280 (2021), and for Ozone Air Sensors, EPA/600/R-20/279 (2021), base testing. The ozone targets are in
 * ppb; 1 ppb is 1.96 µg/m³ at 25 °C.
 */
const TARGETS: Readonly<Partial<Record<Quantity, Targets>>> = {
  pm25: { slope: [0.65, 1.35], intercept: 5, r2: 0.7, rmse: 7, nrmse: 30, source: "EPA/600/R-20/280 (2021)" },
  o3: { slope: [0.8, 1.2], intercept: 9.8, r2: 0.8, rmse: 9.8, nrmse: null, source: "EPA/600/R-20/279 (2021)" },
};

/** Compares a sensor with a reference, pair by pair; `null` with fewer than three pairs or without variation. */
export function measureAgreement(sensor: readonly number[], reference: readonly number[]): Agreement | null {
  const fit = fitLeastSquares([reference], sensor);
  if (fit === null) return null;
  const differences = sensor.map((value, i) => value - (reference[i] ?? 0));
  const rmse = Math.sqrt(mean(differences.map((value) => value ** 2)));
  return {
    n: fit.n,
    slope: fit.slopes[0] ?? Number.NaN,
    intercept: fit.intercept,
    r2: fit.r2,
    rmse,
    nrmse: (rmse / mean(reference)) * 100,
    bias: mean(differences),
  };
}

/** Judges an agreement by the targets that there are for its quantity. */
export function judgeAgreement(quantity: Quantity, agreement: Agreement): TargetVerdict | null {
  const wanted = TARGETS[quantity];
  if (wanted === undefined) return null;
  const { slope, intercept, r2, rmse, nrmse } = agreement;
  const [low, high] = wanted.slope;
  const byShare = wanted.nrmse !== null && nrmse <= wanted.nrmse;
  const errorText =
    wanted.nrmse === null ? `RMSE ≤ ${wanted.rmse}` : `RMSE ≤ ${wanted.rmse} or NRMSE ≤ ${wanted.nrmse} %`;
  const targets = [
    { name: "slope", met: slope >= low && slope <= high, text: `${low} ≤ slope ≤ ${high}` },
    { name: "intercept", met: Math.abs(intercept) <= wanted.intercept, text: `|intercept| ≤ ${wanted.intercept}` },
    { name: "r2", met: r2 >= wanted.r2, text: `R² ≥ ${wanted.r2}` },
    { name: "error", met: rmse <= wanted.rmse || byShare, text: errorText },
  ] as const;
  return { source: wanted.source, met: targets.every(({ met }) => met), targets };
}
