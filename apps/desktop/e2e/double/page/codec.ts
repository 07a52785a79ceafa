/**
 * A text form of what structured clone carries, for the DevTools channel between main and the page.
 *
 * The function is self-contained, because its source is injected into the page; both sides run the same code. It throws
 * Electron's own sentence for what cannot be cloned, and drops prototypes as structured clone does.
 */
export function makeCodec(): { encode(value: unknown): string; decode(text: string): unknown } {
  type Tagged = readonly [tag: string, body?: unknown];
  const notCloneable = (): never => {
    throw new Error("An object could not be cloned.");
  };
  const toBase64 = (bytes: Uint8Array): string => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(text);
  };
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const number = (value: number): unknown => {
    if (Object.is(value, -0)) return ["number", "-0"];
    return Number.isFinite(value) ? value : ["number", String(value)];
  };
  const primitives: Record<string, (value: never) => unknown> = {
    undefined: () => ["undefined"],
    boolean: (value) => value,
    string: (value) => value,
    number,
    bigint: (value) => ["bigint", String(value)],
    function: notCloneable,
    symbol: notCloneable,
  };
  const view = (value: ArrayBufferView, kind: string): Tagged => [
    "view",
    [kind, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))],
  ];
  const objects: Record<string, (value: never) => Tagged> = {
    Date: (value: Date) => ["date", value.getTime()],
    RegExp: (value: RegExp) => ["regexp", [value.source, value.flags]],
    Map: (value: Map<unknown, unknown>) => ["map", [...value].map(toWire)],
    Set: (value: Set<unknown>) => ["set", [...value].map(toWire)],
    Error: (value: Error) => ["error", [value.name, value.message, value.stack]],
    ArrayBuffer: (value: ArrayBuffer) => ["buffer", toBase64(new Uint8Array(value))],
    Promise: notCloneable,
    WeakMap: notCloneable,
    WeakSet: notCloneable,
  };
  function toWire(value: unknown): unknown {
    if (value === null) return value;
    const primitive = primitives[typeof value];
    if (primitive) return primitive(value as never);
    if (Array.isArray(value)) return ["list", value.map(toWire)];
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (ArrayBuffer.isView(value)) return view(value, kind);
    const known = objects[kind];
    if (known) return known(value as never);
    return ["object", Object.entries(value as object).map(([key, part]) => [key, toWire(part)])];
  }
  const revivers: Record<string, (body: never) => unknown> = {
    undefined: () => undefined,
    number: (body) => Number(body),
    bigint: (body) => BigInt(body),
    list: (body: unknown[]) => body.map(fromWire),
    date: (body) => new Date(body),
    regexp: ([source, flags]: [string, string]) => new RegExp(source, flags),
    map: (body: unknown[]) => new Map(body.map(fromWire) as [unknown, unknown][]),
    set: (body: unknown[]) => new Set(body.map(fromWire)),
    error: ([name, message, stack]: [string, string, string]) => Object.assign(new Error(message), { name, stack }),
    buffer: (body) => fromBase64(body).buffer,
    view: ([kind, text]: [string, string]) => {
      const bytes = fromBase64(text);
      const View = Reflect.get(globalThis, kind) as { new (buffer: ArrayBuffer): unknown };
      return new View(bytes.buffer);
    },
    object: (body: [string, unknown][]) => Object.fromEntries(body.map(([key, part]) => [key, fromWire(part)])),
  };
  function fromWire(wire: unknown): unknown {
    if (!Array.isArray(wire)) return wire;
    const [tag, body] = wire as unknown as Tagged;
    return revivers[tag]?.(body as never);
  }
  return { encode: (value) => JSON.stringify(toWire(value)), decode: (text) => fromWire(JSON.parse(text)) };
}
