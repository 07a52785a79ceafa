/** Rounds an estimate to two significant digits: more would pretend a precision it does not have. */
export function toTwoSignificant(value: number): number {
  return value === 0 || !Number.isFinite(value) ? value : Number(value.toPrecision(2));
}
