import { createTextDecoder, createTextEncoder } from "./platform.ts";

/** Typed arrays that cross a byte link as they are; the position in this list is on the wire, so only append. */
const ARRAY_KINDS = [
  Uint8Array,
  Float64Array,
  Int32Array,
  Float32Array,
  BigInt64Array,
  Uint32Array,
  Uint16Array,
] as const;

type Segment = InstanceType<(typeof ARRAY_KINDS)[number]>;

const KIND_NAMES: readonly string[] = ARRAY_KINDS.map((kind) => kind.name);
const LENGTH_BYTES = 4;
const ALIGNMENT = 8;
const encoder = createTextEncoder();
const decoder = createTextDecoder();

const align = (size: number): number => Math.ceil(size / ALIGNMENT) * ALIGNMENT;

/**
 * Encodes a value as `u32 header length | JSON header | typed arrays, each on a multiple of 8 bytes`.
 *
 * A typed array leaves the JSON as `{"$b": [kind, offset, count]}`. Numbers that are not finite are refused outside
 * typed arrays, because JSON would turn them into null without a word; the key `$b` is reserved.
 */
export function encodeFrame(frame: unknown): Uint8Array<ArrayBuffer> {
  const segments: Segment[] = [];
  let size = 0;
  const place = (segment: Segment): { readonly $b: readonly number[] } => {
    const kind = KIND_NAMES.indexOf(segment[Symbol.toStringTag]);
    if (kind < 0) throw new TypeError(`a ${segment[Symbol.toStringTag]} cannot cross a link; send a Float64Array`);
    const at = size;
    segments.push(segment);
    size = align(size + segment.byteLength);
    return { $b: [kind, at, segment.length] };
  };
  const header = encoder.encode(JSON.stringify(frame, (key, value: unknown) => replaceValue(key, value, place)));
  const base = align(LENGTH_BYTES + header.length);
  const bytes = new Uint8Array(base + size);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, LENGTH_BYTES);
  let at = base;
  for (const segment of segments) {
    bytes.set(new Uint8Array(segment.buffer, segment.byteOffset, segment.byteLength), at);
    at = align(at + segment.byteLength);
  }
  return bytes;
}

function replaceValue(key: string, value: unknown, place: (segment: Segment) => unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`"${key}" is ${value}: send it in a typed array or as null`);
  }
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return place(value as Segment);
  if (Object.hasOwn(value, "$b")) throw new TypeError('"$b" is reserved by the codec');
  return value;
}

/**
 * Decodes what `encodeFrame` made; typed arrays become views on `bytes`, without a copy where alignment allows.
 *
 * Throws on anything else: a short frame, malformed UTF-8 or JSON, a segment outside the frame.
 */
export function decodeFrame(bytes: Uint8Array): unknown {
  if (bytes.length < LENGTH_BYTES) throw new RangeError("frame shorter than its length field");
  // Views on the buffer need its alignment; a copy starts at zero. Node's Buffer overrides `slice` to share memory.
  const frame = bytes.byteOffset % ALIGNMENT === 0 ? bytes : new Uint8Array(bytes);
  const headerLength = new DataView(frame.buffer, frame.byteOffset, LENGTH_BYTES).getUint32(0, true);
  const headerEnd = LENGTH_BYTES + headerLength;
  if (headerEnd > frame.length) throw new RangeError("frame shorter than its header");
  const base = align(headerEnd);
  const text = decoder.decode(frame.subarray(LENGTH_BYTES, headerEnd));
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, "$b")) return value;
    return viewSegment((value as { $b: unknown }).$b, frame, base);
  });
}

function viewSegment(reference: unknown, frame: Uint8Array, base: number): Segment {
  if (!Array.isArray(reference)) throw new RangeError("segment reference is no list");
  const [kind, at, count] = reference as unknown[];
  const Kind = ARRAY_KINDS[kind as number];
  if (Kind === undefined || !isOffset(at) || !isOffset(count) || at % ALIGNMENT !== 0) {
    throw new RangeError("segment reference is malformed");
  }
  const start = base + at;
  if (start + count * Kind.BYTES_PER_ELEMENT > frame.length) throw new RangeError("segment outside the frame");
  return new Kind(frame.buffer as ArrayBuffer, frame.byteOffset + start, count);
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
