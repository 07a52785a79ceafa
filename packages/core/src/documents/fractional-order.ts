import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

/** Something with a place in a list; two clients may give the same key, so the id decides between equals. */
export interface Ordered {
  readonly id: string;
  readonly order: string;
}

/** Keys longer than this are a reason to number the list anew. Source: shared facts "sync.md" §8.2. */
const MAX_KEY_LENGTH = 64;

export function compareOrder(a: Ordered, b: Ordered): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** `count` keys for a new list. */
export function firstOrders(count: number): string[] {
  return generateNKeysBetween(null, null, count);
}

/**
 * New order keys by id that put `id` right behind `after` (null: first). Usually one key; when the neighbours share a
 * key, hold something that is not a key, or the key grows too long, the whole list is numbered anew.
 */
export function ordersForMove(list: readonly Ordered[], id: string, after: string | null): Map<string, string> {
  const others = list.filter((item) => item.id !== id).sort(compareOrder);
  const index = after === null ? 0 : others.findIndex((item) => item.id === after) + 1;
  const key = keyBetween(others[index - 1]?.order ?? null, others[index]?.order ?? null);
  if (key !== null && key.length <= MAX_KEY_LENGTH) return new Map([[id, key]]);
  const ids = others.map((item) => item.id);
  ids.splice(index, 0, id);
  const keys = firstOrders(ids.length);
  return new Map(ids.map((each, position) => [each, keys[position] ?? ""]));
}

/** The key behind the last of a list. */
export function orderAtEnd(list: readonly Ordered[]): string {
  const last = [...list].sort(compareOrder).at(-1);
  return keyBetween(last?.order ?? null, null) ?? `${last?.order ?? ""}V`;
}

function keyBetween(before: string | null, behind: string | null): string | null {
  // The library accepts its bounds in either order; two different keys of a sorted list are always in this one.
  if (before !== null && before === behind) return null;
  try {
    return generateKeyBetween(before, behind);
  } catch {
    return null;
  }
}
