/** One row of a heat-map: a weekday with a value for every hour, null where nothing was measured. */
export interface HeatRow {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface HeatExtremes {
  readonly lowest: { readonly row: number; readonly column: number; readonly value: number };
  readonly highest: { readonly row: number; readonly column: number; readonly value: number };
}

/** Where a heat-map is lowest and highest; null when nothing was measured. */
export function heatExtremes(rows: readonly HeatRow[]): HeatExtremes | null {
  const cells = rows.flatMap(({ values }, row) =>
    values.flatMap((value, column) => (value === null ? [] : [{ row, column, value }])),
  );
  const [first] = cells;
  if (first === undefined) return null;
  return {
    lowest: cells.reduce((best, cell) => (cell.value < best.value ? cell : best), first),
    highest: cells.reduce((best, cell) => (cell.value > best.value ? cell : best), first),
  };
}

const FAINTEST = 0.12;

/** How strongly a cell is filled, 0.12…1 from the lowest to the highest value; equal values lie in the middle. */
export function heatStrength(value: number, low: number, high: number): number {
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return FAINTEST + share * (1 - FAINTEST);
}
