import type { Ulid } from "@ecolocal/core/shared";

const COMMA = 44;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** Rows of a CSV part as parallel columns; the first `length` entries count. */
export interface CsvRows {
  length: number;
  /** Row of the file, the header being row 1. */
  readonly row: Uint32Array;
  readonly channel: Uint16Array;
  readonly at: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array;
}

export function createCsvRows(capacity: number): CsvRows {
  return {
    length: 0,
    row: new Uint32Array(capacity),
    channel: new Uint16Array(capacity),
    at: new Float64Array(capacity),
    value: new Float64Array(capacity),
    quality: new Uint16Array(capacity),
  };
}

/** Why a row was left out. */
export type CsvRowProblem = "channel" | "time" | "value" | "quality";

/**
 * Parses lines `channel,at,value[,quality]` from bytes, without making a string per field.
 *
 * `at` is ISO 8601 UTC (`2025-01-01T00:00:10Z`, with or without fractions of a second) or epoch milliseconds, `value`
 * a decimal number, `quality` the flag bits as a number. Lines may end in CR LF.
 */
export class CsvParser {
  readonly #channels = new Map<number, { readonly id: Uint8Array; readonly index: number }[]>();
  readonly #onProblem: (row: number, problem: CsvRowProblem) => void;
  #bytes: Uint8Array = new Uint8Array(0);
  #p = 0;
  #row = 1;
  #dateKey = -1;
  #dateMs = 0;

  constructor(channelIds: readonly Ulid[], onProblem: (row: number, problem: CsvRowProblem) => void) {
    this.#onProblem = onProblem;
    for (const [index, channelId] of channelIds.entries()) {
      const id = new TextEncoder().encode(channelId);
      const hash = hashOf(id, 0, id.length);
      this.#channels.set(hash, [...(this.#channels.get(hash) ?? []), { id, index }]);
    }
  }

  /** Parses the whole lines `from` ≤ p < `to` of `bytes` until `rows` is full; returns where it stopped. */
  parse(bytes: Uint8Array, from: number, to: number, rows: CsvRows): number {
    this.#bytes = bytes;
    this.#p = from;
    const capacity = rows.at.length;
    while (this.#p < to && rows.length < capacity) {
      this.#row++;
      const problem = this.#line(rows);
      if (problem !== null) {
        this.#onProblem(this.#row, problem);
      }
      this.#skipLine();
    }
    return this.#p;
  }

  #line(rows: CsvRows): CsvRowProblem | null {
    const i = rows.length;
    const channel = this.#channel();
    if (channel < 0) {
      return this.#isAtLineEnd() && this.#bytes[this.#p - 1] === LINE_FEED ? null : "channel";
    }
    const at = this.#time();
    if (Number.isNaN(at)) {
      return "time";
    }
    const value = this.#number();
    if (Number.isNaN(value)) {
      return "value";
    }
    const quality = this.#isAtLineEnd() ? 0 : this.#number();
    if (!(quality >= 0 && quality <= 0xffff)) {
      return "quality";
    }
    rows.row[i] = this.#row;
    rows.channel[i] = channel;
    rows.at[i] = at;
    rows.value[i] = value;
    rows.quality[i] = quality;
    rows.length = i + 1;
    return null;
  }

  #skipLine(): void {
    const bytes = this.#bytes;
    let p = this.#p;
    while (p < bytes.length && bytes[p] !== LINE_FEED) {
      p++;
    }
    this.#p = p + 1;
  }

  #isAtLineEnd(): boolean {
    const byte = this.#bytes[this.#p];
    return byte === undefined || byte === LINE_FEED || byte === CARRIAGE_RETURN;
  }

  /** Steps over the comma after a field; NaN says that something else follows. */
  #endField(value: number): number {
    if (this.#bytes[this.#p] === COMMA) {
      this.#p++;
      return value;
    }
    return this.#isAtLineEnd() ? value : Number.NaN;
  }

  #channel(): number {
    const bytes = this.#bytes;
    const start = this.#p;
    let p = start;
    let hash = 0;
    for (let byte = bytes[p]; byte !== undefined && byte !== COMMA && byte !== LINE_FEED; byte = bytes[++p]) {
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    const candidates = this.#channels.get(hash);
    if (candidates === undefined || bytes[p] !== COMMA) {
      return -1;
    }
    this.#p = p + 1;
    for (const { id, index } of candidates) {
      if (sameBytes(bytes, start, p, id)) {
        return index;
      }
    }
    return -1;
  }

  #time(): number {
    if (this.#bytes[this.#p + 4] !== MINUS) {
      return this.#number();
    }
    const p = this.#p;
    const year = this.#digits(p, 4);
    const month = this.#digits(p + 5, 2);
    const day = this.#digits(p + 8, 2);
    const seconds = this.#digits(p + 11, 2) * 3600 + this.#digits(p + 14, 2) * 60 + this.#digits(p + 17, 2);
    const key = year * 10_000 + month * 100 + day;
    if (key !== this.#dateKey) {
      this.#dateKey = key;
      this.#dateMs = dateOf(year, month, day);
    }
    this.#p = p + 19;
    const fraction = this.#bytes[this.#p] === POINT ? this.#fraction() : 0;
    // "Z"; other offsets are not part of this form.
    const isUtc = this.#bytes[this.#p] === 90;
    this.#p++;
    return isUtc && seconds < 86_400 ? this.#endField(this.#dateMs + seconds * 1000 + fraction) : Number.NaN;
  }

  #fraction(): number {
    let scale = 100;
    let ms = 0;
    for (let digit = this.#digit(++this.#p); digit >= 0; digit = this.#digit(++this.#p)) {
      ms += digit * scale;
      scale /= 10;
    }
    return Math.floor(ms + 1e-9);
  }

  #digit(p: number): number {
    const digit = (this.#bytes[p] ?? 0) - ZERO;
    return digit >= 0 && digit <= 9 ? digit : -1;
  }

  #digits(from: number, count: number): number {
    let value = 0;
    for (let p = from; p < from + count; p++) {
      const digit = this.#digit(p);
      value = digit < 0 ? Number.NaN : value * 10 + digit;
    }
    return value;
  }

  /** A decimal number; digits beyond what whole numbers hold exactly go through the slow, exact way. */
  #number(): number {
    const start = this.#p;
    const isNegative = this.#bytes[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    let mantissa = 0;
    let point = -1;
    let p = first;
    for (; ; p++) {
      const digit = this.#digit(p);
      if (digit >= 0) {
        mantissa = mantissa * 10 + digit;
      } else if (this.#bytes[p] === POINT && point < 0) {
        point = p;
      } else {
        break;
      }
    }
    this.#p = p;
    const decimals = point < 0 ? 0 : p - point - 1;
    const isPlain = this.#bytes[p] === COMMA || this.#isAtLineEnd();
    if (!isPlain || p === first || mantissa > Number.MAX_SAFE_INTEGER || decimals > 22) {
      return this.#slowNumber(start);
    }
    const size = decimals > 0 ? mantissa / 10 ** decimals : mantissa;
    return this.#endField(isNegative ? -size : size);
  }

  #slowNumber(start: number): number {
    let p = start;
    while (p < this.#bytes.length && this.#bytes[p] !== COMMA && this.#bytes[p] !== LINE_FEED) {
      p++;
    }
    const text = new TextDecoder().decode(this.#bytes.subarray(start, p)).trim();
    this.#p = p;
    return text === "" ? Number.NaN : this.#endField(Number(text));
  }
}

function dateOf(year: number, month: number, day: number): number {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : Number.NaN;
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let p = from; p < to; p++) {
    hash = (Math.imul(hash, 31) + (bytes[p] as number)) | 0;
  }
  return hash;
}

function sameBytes(bytes: Uint8Array, from: number, to: number, id: Uint8Array): boolean {
  if (to - from !== id.length) {
    return false;
  }
  for (let k = 0; k < id.length; k++) {
    if (bytes[from + k] !== id[k]) {
      return false;
    }
  }
  return true;
}
