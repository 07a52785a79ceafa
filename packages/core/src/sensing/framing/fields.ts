/** A value as the device printed it; `null` for `nan`, `null` and empty cells. */
export type FieldValue = string | number | boolean | null;

/** One named value of a line; `unit` only where the device prints one beside the value. */
export interface Field {
  readonly key: string;
  readonly value: FieldValue;
  readonly unit?: string;
}

const POINT_NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA_NUMBER = /^[+-]?\d+,\d+$/;
const NO_VALUE = /^(?:|[+-]?nan|[+-]?inf(?:inity)?|null|none|n\/a|unavailable|-+)$/i;

/** Reads a printed number; `undefined` when the text is none, `null` when it says that there is no value. */
export function parseNumber(text: string, decimalComma: boolean): number | null | undefined {
  if (POINT_NUMBER.test(text)) return finite(Number(text));
  if (decimalComma && COMMA_NUMBER.test(text)) return finite(Number(text.replace(",", ".")));
  return NO_VALUE.test(text) ? null : undefined;
}

/** Gives every field its own name: a second `temp` becomes `temp#2`. */
export function nameUniquely(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}#${count}`;
  });
}

/** Collects fields into the `raw` record of a frame. Own properties only: a key `__proto__` is just a key. */
export function fieldsToRaw(fields: readonly Field[]): Record<string, FieldValue> {
  const raw: Record<string, FieldValue> = {};
  for (const { key, value, unit } of fields) {
    putRaw(raw, key, value);
    if (unit !== undefined) raw[`${key}:unit`] = unit;
  }
  return raw;
}

/** Adds an entry to a `raw` record under whatever name a device prints, `__proto__` included. */
export function putRaw<T extends FieldValue>(raw: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") Object.defineProperty(raw, key, { value, ...OWN_PROPERTY });
  else raw[key] = value;
}

const OWN_PROPERTY = { enumerable: true, configurable: true, writable: true } as const;

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
