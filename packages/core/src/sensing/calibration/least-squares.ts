/** A straight (or flat, or higher-dimensional) fit of `y` on some predictors. */
export interface LinearFit {
  readonly intercept: number;
  /** One per predictor, in their order. */
  readonly slopes: readonly number[];
  /** Share of the variance of `y` that the fit explains, 0…1; `NaN` where `y` does not vary. */
  readonly r2: number;
  /** Root of the mean squared residual, in the unit of `y`. */
  readonly rmse: number;
  readonly n: number;
  /** `y` minus what the fit says, in the order of the rows. */
  readonly residuals: readonly number[];
}

/** Columns that are this close to a combination of others (relative to their size) cannot be told apart. */
const COLLINEAR = 1e-9;

/**
 * Fits `y ≈ intercept + Σ slope × x` by ordinary least squares; `null` with too few rows, or when a predictor does
 * not vary or is a combination of others.
 *
 * Columns are centred first and the sums solved by Gaussian elimination with pivots; two to four predictors are well
 * conditioned that way. Source: Draper & Smith, Applied Regression Analysis, 3rd ed., ch. 5.
 */
export function fitLeastSquares(columns: readonly (readonly number[])[], y: readonly number[]): LinearFit | null {
  const n = y.length;
  const width = columns.length;
  if (n < width + 2 || columns.some((column) => column.length !== n)) return null;
  const means = columns.map(mean);
  const meanY = mean(y);
  const centred = columns.map((column, j) => column.map((value) => value - (means[j] ?? 0)));
  const target = y.map((value) => value - meanY);
  const matrix = centred.map((row) => [...centred.map((other) => dot(row, other)), dot(row, target)]);
  const slopes = solve(matrix);
  if (slopes === null) return null;
  const intercept = meanY - slopes.reduce((sum, slope, j) => sum + slope * (means[j] ?? 0), 0);
  const residuals = y.map(
    (value, i) => value - intercept - slopes.reduce((sum, slope, j) => sum + slope * (columns[j]?.[i] ?? 0), 0),
  );
  const total = dot(target, target);
  const left = dot(residuals, residuals);
  return { intercept, slopes, r2: total > 0 ? 1 - left / total : Number.NaN, rmse: Math.sqrt(left / n), n, residuals };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pearson's correlation; `NaN` where one of the two does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const left = a.map((value) => value - meanA);
  const right = b.map((value) => value - meanB);
  const size = Math.sqrt(dot(left, left) * dot(right, right));
  return size > 0 ? dot(left, right) / size : Number.NaN;
}

/** Solves a square system whose last column is the right side, in place; `null` when it is singular. */
function solve(matrix: number[][]): number[] | null {
  const size = matrix.length;
  const scale = matrix.map((row, i) => Math.abs(row[i] ?? 0));
  for (let step = 0; step < size; step++) {
    const pivot = largestRow(matrix, step);
    swap(matrix, step, pivot);
    swap(scale, step, pivot);
    const lead = matrix[step]?.[step] ?? 0;
    if (!(Math.abs(lead) > COLLINEAR * (scale[step] ?? 0)) || lead === 0) return null;
    for (let below = step + 1; below < size; below++) eliminate(matrix, step, below);
  }
  const result: number[] = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const row = matrix[i] ?? [];
    const known = result.reduce((sum, value, j) => (j > i ? sum + value * (row[j] ?? 0) : sum), 0);
    result[i] = ((row[size] ?? 0) - known) / (row[i] ?? 1);
  }
  return result;
}

function largestRow(matrix: readonly (readonly number[])[], step: number): number {
  let best = step;
  for (let i = step + 1; i < matrix.length; i++) {
    if (Math.abs(matrix[i]?.[step] ?? 0) > Math.abs(matrix[best]?.[step] ?? 0)) best = i;
  }
  return best;
}

function swap<T>(list: T[], a: number, b: number): void {
  const [first, second] = [list[a], list[b]];
  if (first === undefined || second === undefined) return;
  list[a] = second;
  list[b] = first;
}

function eliminate(matrix: number[][], step: number, below: number): void {
  const [upper = [], lower = []] = [matrix[step], matrix[below]];
  const factor = (lower[step] ?? 0) / (upper[step] ?? 1);
  for (let j = step; j < lower.length; j++) lower[j] = (lower[j] ?? 0) - factor * (upper[j] ?? 0);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
