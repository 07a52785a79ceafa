import { type Quantity, quantitySpec } from "@ecolocal/core/shared";
import { createIntl } from "@formatjs/intl";
import type { Catalogue } from "./catalogue.ts";

export type MessageValues = Readonly<Record<string, string | number | boolean | Date>>;

/** Turns message ids into sentences, and numbers into text, in one language. */
export interface Formatter {
  readonly locale: string;
  /** The sentence of `id`; a missing id gives the id itself, so that it is seen and the tests find it. */
  message(id: string, values?: MessageValues): string;
  has(id: string): boolean;
  /** A value in the canonical unit of its quantity, as people write it: `18.4 µg/m³`. */
  quantity(value: number, quantity: Quantity): string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
}

const NO_BREAK_SPACE = "\u00a0";

/** Creates a formatter over a loaded catalogue; `locale` decides number and date forms (`de-AT`, `en-GB`). */
export function createFormatter(locale: string, catalogue: Catalogue): Formatter {
  const intl = createIntl({ locale, messages: { ...catalogue }, onError: () => undefined });
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value);
  return {
    locale,
    message: (id, values) => intl.formatMessage({ id, defaultMessage: id }, values),
    has: (id) => Object.hasOwn(catalogue, id),
    quantity(value, quantity) {
      const { decimals, symbol } = quantitySpec(quantity);
      const text = number(value, { maximumFractionDigits: Math.min(decimals, 2) });
      return symbol === "" ? text : `${text}${NO_BREAK_SPACE}${symbol}`;
    },
    number,
  };
}
