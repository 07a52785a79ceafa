import type { Quantity } from "@ecolocal/core/shared";
import type { TextTools } from "./text-context.ts";

/** A unit of the catalogue as this reader reads it, and the way there and back. */
export interface CatalogueUnit {
  readonly words: string;
  readonly toShown: (value: number) => number;
  readonly toStored: (shown: number) => number;
}

/** Units of the catalogue that measure the same as a quantity, and follow its choice. */
const QUANTITY_OF: Readonly<Record<string, Quantity>> = {
  degC: "temperature",
  Cel: "temperature",
  mm: "rain",
  "mm/h": "rain_rate",
  hPa: "pressure",
  "m/s": "wind_speed",
};

const SYMBOLS: Readonly<Record<string, string>> = {
  "ug/m3": "µg/m³",
  "mg/m3": "mg/m³",
  "Bq/m3": "Bq/m³",
  "W/m2": "W/m²",
  "[ppm]": "ppm",
  "kW.h": "kWh",
  m2: "m²",
  m3: "m³",
  l: "L",
  "l/h": "L/h",
  kgCO2: "kg CO₂",
  kgCO2e: "kg CO₂e",
  ratio: "×",
  count: "",
  "1": "",
};

const same = (value: number): number => value;

/** A unit code of the catalogue in words: the reader's unit where there is a choice, else its symbol or its own words. */
export function unitWords(code: string, { formatter }: Pick<TextTools, "formatter">): string {
  const id = `unit.${code}`;
  return SYMBOLS[code] ?? (formatter.has(id) ? formatter.message(id) : code);
}

/** How numbers of a catalogue unit are shown. */
export function catalogueUnit(code: string, text: Pick<TextTools, "formats" | "formatter">): CatalogueUnit {
  const { formats } = text;
  const quantity = QUANTITY_OF[code];
  if (quantity !== undefined) {
    return {
      words: formats.symbol(quantity),
      toShown: (value) => formats.toShown(value, quantity),
      toStored: (shown) => formats.toStored(shown, quantity),
    };
  }
  if (code === "K" && formats.symbol("temperature") !== "°C") return fahrenheitSteps(formats);
  return { words: unitWords(code, text), toShown: same, toStored: same };
}

/** Kelvins in the catalogue are differences. */
function fahrenheitSteps(formats: TextTools["formats"]): CatalogueUnit {
  const step = formats.toShown(1, "temperature") - formats.toShown(0, "temperature");
  return {
    words: formats.symbol("temperature"),
    toShown: (value) => value * step,
    toStored: (shown) => shown / step,
  };
}

/** A value of the catalogue with its unit: `1,466 ppm`. */
export function amountWords(value: number, code: string, text: Pick<TextTools, "formats" | "formatter">): string {
  if (code === "km") return text.formats.distance(value * 1000);
  const { words, toShown } = catalogueUnit(code, text);
  const number = amountNumber(toShown(value), text);
  return words === "" ? number : `${number}\u00a0${words}`;
}

/** Three digits say enough. */
function amountNumber(value: number, { formats }: Pick<TextTools, "formats">): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return formats.number(value, digits);
}
