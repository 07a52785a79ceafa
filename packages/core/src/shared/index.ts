export type { Failure, RetryAdvice } from "./failure.ts";
export { createIdSource, type IdSource, isUlid, type Ulid } from "./id.ts";
export { type Clock, DAY_MS, dayToIso, HOUR_MS, type Instant, instantToIso, MINUTE_MS, SECOND_MS } from "./instant.ts";
export { isQuantity, QUANTITIES, type Quantity, type QuantitySpec, quantitySpec } from "./quantity.ts";
export { createRandom, type Random } from "./random.ts";
export { estimateRemainingMs, type WorkUnderWay } from "./remaining.ts";
export { err, ok, type Result } from "./result.ts";
export {
  differenceToShown,
  type Measure,
  type ShownUnit,
  STORED_UNITS,
  shownUnit,
  toShown,
  toStored,
  UNIT_CHOICES,
  type UnitChoices,
  unitsOfRegion,
} from "./shown-unit.ts";
export { UNIT_LINES, type UnitLine } from "./unit-line.ts";
