import { type Quantity, quantitySpec } from "./quantity.ts";
import { UNIT_LINES, type UnitLine } from "./unit-line.ts";

/** The units in which people may want to read a measure, as UCUM codes; what is stored never changes. */
export const UNIT_CHOICES = {
  temperature: ["Cel", "[degF]"],
  distance: ["km", "[mi_i]"],
  water: ["m3", "L", "[gal_us]"],
  rain: ["mm", "[in_i]"],
  pressure: ["hPa", "[in_i'Hg]"],
  wind: ["m/s", "km/h", "[mi_i]/h", "[kn_i]"],
} as const;

export type Measure = keyof typeof UNIT_CHOICES;
export type UnitChoices = { readonly [M in Measure]: (typeof UNIT_CHOICES)[M][number] };

/** The units in which everything is stored. */
export const STORED_UNITS: UnitChoices = {
  temperature: "Cel",
  distance: "km",
  water: "m3",
  rain: "mm",
  pressure: "hPa",
  wind: "m/s",
};

/** How values of a quantity are shown: the code for conversion, the symbol beside the number, its decimals. */
export interface ShownUnit {
  readonly code: string;
  readonly symbol: string;
  readonly decimals: number;
}

const SHOWN: readonly ShownUnit[] = [
  { code: "[degF]", symbol: "°F", decimals: 1 },
  { code: "[ft_i]", symbol: "ft", decimals: 0 },
  { code: "L", symbol: "L", decimals: 0 },
  { code: "[gal_us]", symbol: "gal", decimals: 0 },
  { code: "[in_i]", symbol: "in", decimals: 2 },
  { code: "[in_i]/h", symbol: "in/h", decimals: 2 },
  { code: "[in_i'Hg]", symbol: "inHg", decimals: 2 },
  { code: "km/h", symbol: "km/h", decimals: 1 },
  { code: "[mi_i]/h", symbol: "mph", decimals: 1 },
  { code: "[kn_i]", symbol: "kn", decimals: 1 },
];

/** Which choice decides the unit of a quantity, by the UCUM unit in which it is stored. */
function wantedCode(quantity: Quantity, choices: UnitChoices): string {
  const stored = quantitySpec(quantity).unit;
  switch (stored) {
    case "Cel":
      return choices.temperature;
    case "hPa":
      return choices.pressure;
    case "m/s":
      return choices.wind;
    case "mm":
      return choices.rain;
    case "mm/h":
      return `${choices.rain}/h`;
    case "m":
      return choices.distance === "km" ? stored : "[ft_i]";
    default:
      return quantity === "water_volume" ? choices.water : stored;
  }
}

/** The unit in which values of a quantity are shown under these choices. */
export function shownUnit(quantity: Quantity, choices: UnitChoices): ShownUnit {
  const { unit, symbol, decimals } = quantitySpec(quantity);
  const wanted = wantedCode(quantity, choices);
  return SHOWN.find(({ code }) => code === wanted) ?? { code: unit, symbol, decimals };
}

function lineTo(code: string, quantity: Quantity): UnitLine {
  return UNIT_LINES[quantitySpec(quantity).unit]?.[code] ?? [1];
}

/** A stored value in the unit in which it is shown. */
export function toShown(value: number, quantity: Quantity, choices: UnitChoices): number {
  const [factor, offset = 0] = lineTo(shownUnit(quantity, choices).code, quantity);
  return (value - offset) / factor;
}

/** A difference between two stored values in the unit in which they are shown: 5 °C are 9 °F apart. */
export function differenceToShown(difference: number, quantity: Quantity, choices: UnitChoices): number {
  const [factor] = lineTo(shownUnit(quantity, choices).code, quantity);
  return difference / factor;
}

/** What somebody typed in the shown unit as it is stored, without the noise of the multiplication. */
export function toStored(shown: number, quantity: Quantity, choices: UnitChoices): number {
  const [factor, offset = 0] = lineTo(shownUnit(quantity, choices).code, quantity);
  return Number((shown * factor + offset).toPrecision(12));
}

const FAHRENHEIT: ReadonlySet<string> = new Set(["BS", "BZ", "KY", "PR", "PW", "US"]);
const METRES_A_SECOND: ReadonlySet<string> = new Set(["CN", "DK", "FI", "JP", "KR", "NO", "PL", "RU", "SE"]);

/**
 * What people of a region (ISO 3166 alpha-2) are used to; the stored units where the region is not known.
 *
 * Source: Unicode CLDR 47, common/supplemental/units.xml, unitPreferences (weather, road, wind, rainfall, baromtrc).
 */
export function unitsOfRegion(region: string | undefined): UnitChoices {
  if (region === undefined) return STORED_UNITS;
  const isUs = region === "US" || region === "PR";
  const byMile = isUs || region === "GB";
  return {
    temperature: FAHRENHEIT.has(region) ? "[degF]" : "Cel",
    distance: byMile ? "[mi_i]" : "km",
    water: isUs ? "[gal_us]" : "m3",
    rain: isUs ? "[in_i]" : "mm",
    pressure: isUs ? "[in_i'Hg]" : "hPa",
    wind: byMile ? "[mi_i]/h" : METRES_A_SECOND.has(region) ? "m/s" : "km/h",
  };
}
