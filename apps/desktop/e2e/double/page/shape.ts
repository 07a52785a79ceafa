/**
 * How an API crosses between the preload's world and the page's, as Electron's contextBridge does it: functions become
 * proxies, promises settle across, class prototypes are dropped, symbols are refused.
 *
 * Self-contained: its source is injected into both worlds. `call` runs a function of the other world at once.
 */
export type Shape =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "list"; readonly items: readonly Shape[] }
  | { readonly kind: "object"; readonly parts: readonly (readonly [string, Shape])[] }
  | { readonly kind: "function"; readonly id: number }
  | { readonly kind: "promise"; readonly id: number };

export interface Settled {
  readonly id: number;
  readonly value?: Shape;
  readonly error?: string;
}

export interface Shaper {
  pack(value: unknown): Shape;
  unpack(shape: Shape): unknown;
  /** Runs an own function that the other world holds by its id. */
  run(id: number, args: readonly Shape[]): Shape;
  /** Settles a promise of the other world. */
  settle(outcome: Settled): void;
}

export function makeShaper(
  call: (id: number, args: readonly Shape[]) => Shape,
  announce: (outcome: Settled) => void,
): Shaper {
  let lastId = 0;
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  function packPromise(promise: Promise<unknown>): Shape {
    const id = ++lastId;
    promise.then(
      (value) => announce({ id, value: pack(value) }),
      (error) => announce({ id, error: messageOf(error) }),
    );
    return { kind: "promise", id };
  }
  function packObject(value: object): Shape {
    return { kind: "object", parts: Object.entries(value).map(([key, part]) => [key, pack(part)] as const) };
  }
  function pack(value: unknown): Shape {
    if (typeof value === "symbol") throw new TypeError("An object could not be cloned.");
    if (typeof value === "function") {
      functions.set(++lastId, value as (...args: unknown[]) => unknown);
      return { kind: "function", id: lastId };
    }
    if (Array.isArray(value)) return { kind: "list", items: value.map(pack) };
    if (value instanceof Promise) return packPromise(value);
    const isPlain = Object.prototype.toString.call(value) === "[object Object]";
    return isPlain ? packObject(value as object) : { kind: "value", value };
  }
  function unpack(shape: Shape): unknown {
    switch (shape.kind) {
      case "value":
        return shape.value;
      case "list":
        return shape.items.map(unpack);
      case "object":
        return Object.freeze(Object.fromEntries(shape.parts.map(([key, part]) => [key, unpack(part)])));
      case "function":
        return (...args: unknown[]) => unpack(call(shape.id, args.map(pack)));
      case "promise":
        return new Promise((resolve, reject) => pending.set(shape.id, { resolve, reject }));
    }
  }
  return {
    pack,
    unpack,
    run: (id, args) => pack(functions.get(id)?.(...args.map(unpack))),
    settle(outcome) {
      const waiting = pending.get(outcome.id);
      pending.delete(outcome.id);
      if (outcome.value === undefined) waiting?.reject(new Error(outcome.error ?? "rejected"));
      else waiting?.resolve(unpack(outcome.value));
    },
  };
}
