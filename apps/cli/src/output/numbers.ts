/** A number for a table or a document; null where there is none. */
export function finite(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

/** Means have more digits than the sensor ever had; six are kept. */
export function rounded(value: number | null | undefined): number | null {
  const known = finite(value);
  return known === null ? null : Number(known.toPrecision(6));
}
