import {
  differenceToShown,
  type Quantity,
  quantitySpec,
  shownUnit,
  toShown,
  toStored,
  type UnitChoices,
} from "@ecolocal/core/shared";
import { unitTicks } from "./unit-ticks.ts";

export type NumberForm = (value: number, options: Intl.NumberFormatOptions) => string;

/** Values in the units that a reader chose; what goes in is as stored. */
export interface ValueFormats {
  /** The number of a quantity without its unit, always with the same decimals so that it does not jump. */
  value(value: number, quantity: Quantity): string;
  /** Number and unit, joined by a non-breaking space. */
  valueWithUnit(value: number, quantity: Quantity): string;
  /** How far two values are apart, with the unit: 5 °C are 9 °F. */
  difference(value: number, quantity: Quantity): string;
  /** The unit in which values of a quantity are shown; empty where there is none. */
  symbol(quantity: Quantity): string;
  /** A number typed in the shown unit, as it is stored. */
  toStored(shown: number, quantity: Quantity): number;
  /** A stored value in the shown unit, for a field to type over. */
  toShown(value: number, quantity: Quantity): number;
  /** A distance in metres, in the unit that suits its size: `850 m`, `1.2 km`, `0.7 mi`. */
  distance(metres: number): string;
  /** The longest distance that is no more than `metres` and round in that unit: 1, 2 or 5 times a power of ten. */
  roundDistance(metres: number): number;
  /** Places and labels of an axis: round numbers in the shown unit, at stored values. */
  axis(quantity: Quantity): AxisForm;
}

/** Ticks of an axis over stored values `low…high`, about `step` apart, and their text. */
export interface AxisForm {
  readonly ticks: (low: number, high: number, step: number) => number[];
  readonly label: (value: number) => string;
}

const NO_BREAK_SPACE = "\u00a0";
const FINE_QUANTITIES: ReadonlySet<Quantity> = new Set(["current", "power_factor", "hcho", "ph", "co", "typical_size"]);

/** Decimals shown to people; storage keeps more. */
function displayDecimals(quantity: Quantity): number {
  return Math.min(quantitySpec(quantity).decimals, FINE_QUANTITIES.has(quantity) ? 2 : 1);
}

export function createValueFormats(number: NumberForm, units: UnitChoices): ValueFormats {
  const fixed = (amount: number, quantity: Quantity) => {
    const digits = shownDecimals(quantity, units);
    return number(amount, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  };
  const value = (amount: number, quantity: Quantity) => fixed(toShown(amount, quantity, units), quantity);
  const symbol = (quantity: Quantity) => shownUnit(quantity, units).symbol;
  const withUnit = (text: string, quantity: Quantity) =>
    symbol(quantity) === "" ? text : `${text}${NO_BREAK_SPACE}${symbol(quantity)}`;
  return {
    value,
    valueWithUnit: (amount, quantity) => withUnit(value(amount, quantity), quantity),
    difference: (amount, quantity) => withUnit(fixed(differenceToShown(amount, quantity, units), quantity), quantity),
    symbol,
    toStored: (shown, quantity) => toStored(shown, quantity, units),
    toShown: (amount, quantity) => Number(toShown(amount, quantity, units).toPrecision(12)),
    distance(metres) {
      const [amount, unit] = distanceParts(metres, units);
      return `${number(amount, { maximumFractionDigits: unit === "m" || unit === "ft" ? 0 : 1 })}${NO_BREAK_SPACE}${unit}`;
    },
    roundDistance(metres) {
      const [amount, unit] = distanceParts(metres, units);
      return roundDown(amount) * METRES[unit];
    },
    axis: (quantity) => ({
      ticks: unitTicks(quantity, units),
      label: (amount) =>
        number(toShown(amount, quantity, units), {
          maximumFractionDigits: Math.max(1, shownDecimals(quantity, units)),
        }),
    }),
  };
}

/** Decimals of the shown unit; the stored one has its own for people. */
function shownDecimals(quantity: Quantity, units: UnitChoices): number {
  const { code, decimals } = shownUnit(quantity, units);
  return code === quantitySpec(quantity).unit ? displayDecimals(quantity) : decimals;
}

const METRES = { m: 1, km: 1000, mi: 1609.344, ft: 0.3048 } as const;
/** Below a tenth of a mile, people speak of feet. */
const FEET_BELOW_M = 160;

function distanceParts(metres: number, { distance }: UnitChoices): readonly [number, keyof typeof METRES] {
  if (distance === "km") return metres < METRES.km ? [metres, "m"] : [metres / METRES.km, "km"];
  return metres < FEET_BELOW_M ? [metres / METRES.ft, "ft"] : [metres / METRES.mi, "mi"];
}

function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1);
}
