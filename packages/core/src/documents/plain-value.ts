import * as Y from "yjs";

/** A copy of shared content as plain data without prototypes; safe to hand to a validator and to `JSON.stringify`. */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [key: string]: PlainValue };

/** Deepest nesting that is copied; what lies below is refused. */
export const MAX_DEPTH = 32;
const MAX_NODES = 100_000;

interface Step {
  readonly source: unknown;
  readonly depth: number;
  readonly put: (value: PlainValue) => void;
}

/**
 * Copies a shared type or a JSON value with an explicit stack: content of any nesting costs no call stack, and a key
 * called `__proto__` is an ordinary key. Undefined when the content is too deep or too large.
 *
 * Binary content, functions and nested documents become null; numbers that are not finite become null as in JSON.
 */
export function plainValue(source: unknown): PlainValue | undefined {
  let result: PlainValue | undefined;
  const stack: Step[] = [
    {
      source,
      depth: 0,
      put: (value) => {
        result = value;
      },
    },
  ];
  let nodes = 0;
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    nodes += 1;
    if (nodes > MAX_NODES || step.depth > MAX_DEPTH) return undefined;
    expand(step, stack);
  }
  return result;
}

/** A copy of plain data that Yjs accepts as content: it takes only objects made by this realm's `Object`. */
export function sharedValue(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function expand(step: Step, stack: Step[]): void {
  const { source, depth } = step;
  const items = listItems(source);
  if (items !== null) {
    const list: PlainValue[] = new Array(items.length).fill(null);
    step.put(list);
    items.forEach((item, index) => {
      stack.push({
        source: item,
        depth: depth + 1,
        put: (value) => {
          list[index] = value;
        },
      });
    });
    return;
  }
  const entries = mapEntries(source);
  if (entries !== null) {
    const map: { [key: string]: PlainValue } = Object.create(null);
    step.put(map);
    for (const [key, item] of entries) {
      map[key] = null;
      stack.push({
        source: item,
        depth: depth + 1,
        put: (value) => {
          map[key] = value;
        },
      });
    }
    return;
  }
  step.put(scalar(source));
}

function listItems(source: unknown): readonly unknown[] | null {
  if (Array.isArray(source)) return source;
  return source instanceof Y.Array ? source.toArray() : null;
}

function mapEntries(source: unknown): Iterable<readonly [string, unknown]> | null {
  // The order of a shared map's keys depends on the order in which changes arrived; rows must not.
  if (source instanceof Y.Map) return [...source.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  if (typeof source !== "object" || source === null) return null;
  if (source instanceof Y.AbstractType || ArrayBuffer.isView(source) || source instanceof Y.Doc) return null;
  return Object.entries(source);
}

function scalar(source: unknown): PlainValue {
  if (typeof source === "string" || typeof source === "boolean") return source;
  if (typeof source === "number") return Number.isFinite(source) ? source : null;
  if (source instanceof Y.Text) return source.toString();
  return null;
}
