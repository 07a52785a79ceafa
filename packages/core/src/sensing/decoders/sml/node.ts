/** A value of SML's binary encoding; `width` counts the bytes of a number on the wire. */
export type SmlNode =
  | SmlOctets
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number; readonly width: number; readonly signed: boolean }
  | { readonly kind: "list"; readonly items: readonly SmlNode[] }
  | { readonly kind: "absent" }
  | { readonly kind: "end" };

/** The bytes of `source` from `from` up to, not including, `to`: most of them nobody looks at, so they are not cut out. */
export interface SmlOctets {
  readonly kind: "octets";
  readonly source: Uint8Array;
  readonly from: number;
  readonly to: number;
}

const OCTETS = 0;
const BOOL = 4;
const SIGNED = 5;
const UNSIGNED = 6;
const LIST = 7;
const MORE = 0x80;
const MAX_DEPTH = 16;
const MAX_NODES = 4096;
const END: SmlNode = { kind: "end" };
const ABSENT: SmlNode = { kind: "absent" };

/** Reads the values that stand in a row; `null` when the bytes are no SML. Depth and number of values are bounded. */
export function readSmlNodes(bytes: Uint8Array): SmlNode[] | null {
  const reader = new Reader(bytes);
  const nodes: SmlNode[] = [];
  while (reader.at < bytes.length) {
    const node = reader.read(0);
    if (node === null) return null;
    nodes.push(node);
  }
  return nodes;
}

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(depth: number): SmlNode | null {
    this.#count += 1;
    if (depth > MAX_DEPTH || this.#count > MAX_NODES) return null;
    const head = this.at;
    const length = this.#readLength();
    if (length === null) return null;
    const type = ((this.#bytes[head] ?? 0) >> 4) & 7;
    if (type === LIST) return this.#readList(length, depth);
    if (type === OCTETS && length === 0) return END;
    // The length of anything but a list counts its own bytes too.
    const from = this.at;
    const to = head + length;
    if (to < from || to > this.#bytes.length) return null;
    this.at = to;
    return this.#readValue(type, from, to);
  }

  #readValue(type: number, from: number, to: number): SmlNode | null {
    if (type === OCTETS) return to === from ? ABSENT : { kind: "octets", source: this.#bytes, from, to };
    if (type === BOOL) return { kind: "bool", value: to === from || this.#bytes[from] !== 0 };
    if (to - from < 1 || to - from > 8 || (type !== SIGNED && type !== UNSIGNED)) return null;
    return readNumber(this.#bytes, from, to, type === SIGNED);
  }

  #readLength(): number | null {
    const from = this.at;
    let length = 0;
    for (;;) {
      const byte = this.#bytes[this.at];
      if (byte === undefined || this.at - from > 3) return null;
      this.at += 1;
      length = length * 16 + (byte & 0x0f);
      if ((byte & MORE) === 0) return length;
    }
  }

  #readList(length: number, depth: number): SmlNode | null {
    const items: SmlNode[] = [];
    for (let i = 0; i < length; i++) {
      const item = this.read(depth + 1);
      if (item === null) return null;
      items.push(item);
    }
    return { kind: "list", items };
  }
}

/** Numbers come in any width from one to eight bytes, three included. */
function readNumber(bytes: Uint8Array, from: number, to: number, signed: boolean): SmlNode {
  const negative = signed && (bytes[from] ?? 0) >= 0x80;
  const mask = negative ? 0xff : 0;
  let magnitude = 0;
  // Of a negative number the complement is summed up, which keeps small ones exact in eight bytes too.
  for (let i = from; i < to; i++) magnitude = magnitude * 256 + ((bytes[i] ?? 0) ^ mask);
  return { kind: "number", value: negative ? -magnitude - 1 : magnitude, width: to - from, signed };
}
