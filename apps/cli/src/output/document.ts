import { instantToIso } from "@ecolocal/core/shared";

/** Version of the JSON the CLI prints; raised only when a field changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

const INSTANT_KEY = /^(at|from|to|since)$|At$|Since$/;

/**
 * Prepares a value of the contract for machines: instants become ISO 8601 UTC, typed arrays plain ones, and what is
 * not a number (a gap) null.
 */
export function toDocument(value: unknown, key = ""): unknown {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return null;
    return INSTANT_KEY.test(key) ? instantToIso(value) : value;
  }
  if (ArrayBuffer.isView(value)) return toDocument(Array.from(value as unknown as ArrayLike<number>), key);
  if (Array.isArray(value)) return value.map((item) => toDocument(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toDocument(item, name)]));
}
