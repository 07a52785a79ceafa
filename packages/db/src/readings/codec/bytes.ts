const ENDS_EARLY = "The block ends before its content does.";

/**
 * Variable-length integers in a growing buffer: 7 bits a byte, least significant first, as in LEB128.
 *
 * Values above 2^31 go through arithmetic instead of bit operations; up to 2^53 they are exact.
 */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53. */
  unsigned(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A whole number within ±2^52, small magnitudes short whatever their sign. */
  signed(value: number): void {
    this.unsigned(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  float(value: number): void {
    this.#reserve(8);
    new DataView(this.#bytes.buffer, this.#bytes.byteOffset).setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  bytes(source: Uint8Array): void {
    this.#reserve(source.length);
    this.#bytes.set(source, this.#length);
    this.#length += source.length;
  }

  /** Writes the differences of successive whole numbers within ±2^30. */
  smallDeltas(values: Int32Array, length: number): void {
    this.#reserve(length * 5);
    const bytes = this.#bytes;
    let p = this.#length;
    let previous = 0;
    for (let i = 0; i < length; i++) {
      const value = values[i] as number;
      const delta = value - previous;
      previous = value;
      let rest = ((delta << 1) ^ (delta >> 31)) >>> 0;
      while (rest >= 0x80) {
        bytes[p++] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      bytes[p++] = rest;
    }
    this.#length = p;
  }

  /** What was written, sharing memory until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  copy(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
  }
}

/** Reads what `ByteWriter` wrote; reading past the end throws, which callers turn into a damaged block. */
export class ByteReader {
  // Plain fields: this is the innermost loop of rollup queries, and private names cost a check each.
  readonly source: Uint8Array;
  position: number;

  constructor(source: Uint8Array, position = 0) {
    this.source = source;
    this.position = position;
  }

  byte(): number {
    const value = this.source[this.position++];
    if (value === undefined) {
      throw new RangeError(ENDS_EARLY);
    }
    return value;
  }

  unsigned(): number {
    const first = this.byte();
    return first < 0x80 ? first : this.#more(first & 0x7f);
  }

  #more(first: number): number {
    let value = first;
    let factor = 128;
    for (;;) {
      const next = this.byte();
      value += (next & 0x7f) * factor;
      if (next < 0x80) {
        return value;
      }
      factor *= 128;
    }
  }

  signed(): number {
    const raw = this.unsigned();
    if (raw < 0x7fffffff) {
      return (raw >>> 1) ^ -(raw & 1);
    }
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }

  float(): number {
    const at = this.position;
    if (at + 8 > this.source.length) {
      throw new RangeError(ENDS_EARLY);
    }
    this.position += 8;
    return new DataView(this.source.buffer, this.source.byteOffset).getFloat64(at, true);
  }

  bytes(length: number): Uint8Array {
    const start = this.position;
    if (length < 0 || start + length > this.source.length) {
      throw new RangeError(ENDS_EARLY);
    }
    this.position += length;
    return this.source.subarray(start, start + length);
  }
}

/** Reads `length` differences written by `smallDeltas` and adds them up into `values`, each times `step`. */
export function readSmallDeltas(bytes: Uint8Array, values: Int32Array, length: number, step: number): void {
  let p = 0;
  let value = 0;
  for (let i = 0; i < length; i++) {
    let raw = bytes[p++] as number;
    if (raw >= 0x80) {
      raw &= 0x7f;
      let shift = 7;
      let next: number;
      do {
        next = bytes[p++] as number;
        raw |= (next & 0x7f) << shift;
        shift += 7;
      } while (next >= 0x80);
    }
    value = (value + ((raw >>> 1) ^ -(raw & 1))) | 0;
    values[i] = value;
  }
  if (p > bytes.length) {
    throw new RangeError(ENDS_EARLY);
  }
  if (step !== 1) {
    for (let i = 0; i < length; i++) {
      values[i] = Math.imul(values[i] as number, step);
    }
  }
}
