import { differenceToShown, type Quantity, toShown, toStored, type UnitChoices } from "@ecolocal/core/shared";

/** Steps that axes use, as multiples of a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/** Places that are round numbers in the shown unit (60 °F, 70 °F), as stored values. */
export function unitTicks(quantity: Quantity, units: UnitChoices) {
  return (low: number, high: number, step: number): number[] => {
    const wanted = Math.abs(differenceToShown(step, quantity, units));
    const power = 10 ** Math.floor(Math.log10(wanted));
    const round = (STEPS.find((factor) => factor * power >= wanted * 0.999) ?? 10) * power;
    const first = Math.ceil(toShown(low, quantity, units) / round - 1e-9);
    const last = Math.floor(toShown(high, quantity, units) / round + 1e-9);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
      toStored(Number(((first + index) * round).toPrecision(12)), quantity, units),
    );
  };
}
