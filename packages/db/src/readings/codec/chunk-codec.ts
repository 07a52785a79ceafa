import { UNUSABLE_BITS } from "@ecolocal/core/sensing";
import { type Columns, hasFlags, type SpreadColumns } from "../columns.ts";
import { ByteReader, ByteWriter, readSmallDeltas } from "./bytes.ts";
import { type Compressor, decompress } from "./compression.ts";
import { floatsToPlanes, planesToFloats } from "./floats.ts";
import { giveBack } from "./memory.ts";
import { commonStep, type ScaledValues, scaleColumns } from "./scaling.ts";
import { expandTimes, readTimes, type TimeRuns, writeTimes } from "./time-runs.ts";

/**
 * Layout of a block, version 1:
 *
 *     byte     version
 *     byte     form: bit 0 small integers, bit 1 wide integers, bit 2 doubles, bit 3 quality, bit 4 spread
 *     byte     decimals                        values are integers of 10^-decimals
 *     varint   step                            all integers are multiples of it (divided out)
 *     section  times                           see time-runs.ts
 *     section  values                          zigzag differences, or planes of doubles
 *     section  quality, only with bit 3        pairs (bits, repeats)
 *     section  spread, only with bit 4         pairs (n, repeats), then value − min and max − value, or planes
 *
 * A section is a varint `length × 2 + compressed`, the varint of its uncompressed length if compressed, and its bytes.
 */
const VERSION = 1;
const FORM = { small: 1, wide: 2, float: 4, quality: 8, spread: 16 } as const;
/** Starting a decompressor costs more than reading a shorter section: the times of a punctual week are about 1 KB. */
const LEAST_COMPRESSED = 2048;

const body = new ByteWriter(65_536);
const section = new ByteWriter(262_144);

/** Values of a decoded block; integers unless `unit` is 0. Memory is reused by the next decoding. */
export interface DecodedChunk {
  readonly length: number;
  readonly times: TimeRuns;
  readonly decimals: number;
  /** 10^decimals, or 0 when `value` holds doubles as they are. */
  readonly unit: number;
  readonly value: Int32Array | Float64Array;
  readonly quality: Uint16Array | null;
  /** True when some reading must be left out of statistics. */
  readonly hasUnusable: boolean;
  readonly spread: SpreadColumns | null;
}

/**
 * Packs readings (at least one, strictly ascending, times multiples of `resolutionMs`) into one block.
 *
 * `scaled` are the same readings as `scaleColumns` gives them, for callers who have that already.
 */
export function encodeChunk(
  columns: Columns,
  resolutionMs: number,
  compressor: Compressor,
  scaled: ScaledValues | null = scaleColumns(columns),
): Uint8Array {
  const form =
    (scaled ? FORM[scaled.width] : FORM.float) |
    (hasFlags(columns.quality, columns.length) ? FORM.quality : 0) |
    (columns.spread ? FORM.spread : 0);
  body.clear();
  body.byte(VERSION);
  body.byte(form);
  body.byte(scaled?.decimals ?? 0);
  const step =
    scaled?.width === "small" && !columns.spread ? commonStep(scaled.value as Int32Array, columns.length) : 1;
  body.unsigned(step);
  section.clear();
  writeTimes(section, columns.at, columns.length, resolutionMs);
  endSection(compressor, "deltas");
  writeValues(columns, scaled, step, compressor);
  if (form & FORM.quality) {
    section.clear();
    writeRepeats(columns.quality as Uint16Array, columns.length);
    endSection(compressor, "deltas");
  }
  if (columns.spread) {
    writeSpread(columns, columns.spread, scaled, compressor);
  }
  return body.copy();
}

/**
 * Unpacks a block of `length` readings; throws a `RangeError` when the bytes cannot be one. Bytes from elsewhere need
 * `largestSection`, the most that one section may unpack to: what a section says of itself is not to be believed.
 */
export function decodeChunk(
  data: Uint8Array,
  codec: number,
  length: number,
  resolutionMs: number,
  largestSection: number = Number.POSITIVE_INFINITY,
): DecodedChunk {
  const reader = new ByteReader(data);
  if (reader.byte() !== VERSION) {
    throw new RangeError("The block has a version that this program does not know.");
  }
  const form = reader.byte();
  const decimals = reader.byte();
  const step = reader.unsigned();
  const section = <T>(read: (bytes: Uint8Array) => T): T => readSection(reader, codec, read, largestSection);
  const times = section((bytes) => readTimes(new ByteReader(bytes), length, resolutionMs));
  const unit = form & FORM.float ? 0 : 10 ** decimals;
  const value = section((bytes) => readValues(bytes, form, length, step));
  const flags = form & FORM.quality ? section((bytes) => readQuality(bytes, length)) : null;
  const quality = flags === null ? null : qualityScratch.subarray(0, length);
  const hasUnusable = ((flags ?? 0) & UNUSABLE_BITS) !== 0;
  const spread = form & FORM.spread ? section((bytes) => readSpread(bytes, value, unit, length)) : null;
  return { length, times, decimals, unit, value, quality, hasUnusable, spread };
}

/** Reads only the instants of a block: enough to know whether a reading is there. */
export function decodeTimes(data: Uint8Array, codec: number, length: number, resolutionMs: number): TimeRuns {
  const reader = new ByteReader(data);
  if (reader.byte() !== VERSION) {
    throw new RangeError("The block has a version that this program does not know.");
  }
  reader.byte();
  reader.byte();
  reader.unsigned();
  return readSection(reader, codec, (bytes) => readTimes(new ByteReader(bytes), length, resolutionMs));
}

/** The readings of a decoded block as columns of their own. */
export function chunkToColumns(chunk: DecodedChunk): Columns {
  const { length, unit } = chunk;
  const value = new Float64Array(length);
  if (unit === 0 || unit === 1) {
    value.set(chunk.value);
  } else {
    for (let i = 0; i < length; i++) {
      value[i] = (chunk.value[i] as number) / unit;
    }
  }
  return { length, at: expandTimes(chunk.times), value, quality: chunk.quality?.slice() ?? null, spread: chunk.spread };
}

function writeValues(columns: Columns, scaled: ScaledValues | null, step: number, compressor: Compressor): void {
  section.clear();
  if (!scaled) {
    section.bytes(floatsToPlanes(columns.value, columns.length));
    endSection(compressor, "floats");
    return;
  }
  if (scaled.width === "small") {
    const small = scaled.value as Int32Array;
    if (step !== 1) {
      for (let i = 0; i < small.length; i++) {
        small[i] = (small[i] as number) / step;
      }
    }
    section.smallDeltas(small, small.length);
    if (step !== 1) {
      for (let i = 0; i < small.length; i++) {
        small[i] = (small[i] as number) * step;
      }
    }
  } else {
    let previous = 0;
    for (const value of scaled.value) {
      section.signed(value - previous);
      previous = value;
    }
  }
  endSection(compressor, "deltas");
}

function writeSpread(
  columns: Columns,
  spread: SpreadColumns,
  scaled: ScaledValues | null,
  compressor: Compressor,
): void {
  section.clear();
  writeRepeats(spread.n, columns.length);
  if (scaled?.min && scaled.max) {
    for (let i = 0; i < columns.length; i++) {
      section.unsigned((scaled.value[i] as number) - (scaled.min[i] as number));
    }
    for (let i = 0; i < columns.length; i++) {
      section.unsigned((scaled.max[i] as number) - (scaled.value[i] as number));
    }
  } else {
    section.bytes(floatsToPlanes(spread.min, columns.length));
    section.bytes(floatsToPlanes(spread.max, columns.length));
  }
  endSection(compressor, scaled ? "deltas" : "floats");
}

function writeRepeats(values: Uint16Array | Float64Array, length: number): void {
  for (let i = 0; i < length; ) {
    let end = i + 1;
    while (end < length && values[end] === values[i]) {
      end++;
    }
    section.unsigned(values[i] as number);
    section.unsigned(end - i);
    i = end;
  }
}

function endSection(compressor: Compressor, content: "deltas" | "floats"): void {
  const raw = section.view();
  const packed = raw.length >= LEAST_COMPRESSED ? compressor.compress(raw, content) : raw;
  if (packed.length + 4 < raw.length) {
    body.unsigned(packed.length * 2 + 1);
    body.unsigned(raw.length);
    body.bytes(packed);
  } else {
    body.unsigned(raw.length * 2);
    body.bytes(raw);
  }
}

/** Unpacks the next section, hands it to `read`, which must not keep it, and gives its memory back. */
function readSection<T>(
  reader: ByteReader,
  codec: number,
  read: (bytes: Uint8Array) => T,
  largest: number = Number.POSITIVE_INFINITY,
): T {
  const head = reader.unsigned();
  const isPacked = head % 2 === 1;
  const rawLength = isPacked ? reader.unsigned() : 0;
  const bytes = reader.bytes(Math.floor(head / 2));
  if (!isPacked) {
    return read(bytes);
  }
  if (!(rawLength <= largest)) {
    throw new RangeError("A section of the block would unpack to more than its readings can be.");
  }
  const raw = decompress(codec, bytes, rawLength);
  if (raw.length !== rawLength) {
    throw new RangeError("A section of the block unpacks to another length than it says.");
  }
  const result = read(raw);
  giveBack(raw);
  return result;
}

let smallScratch = new Int32Array(0);

function readValues(bytes: Uint8Array, form: number, length: number, step: number): Int32Array | Float64Array {
  if (form & FORM.float) {
    return planesToFloats(bytes, length);
  }
  if (form & FORM.small) {
    if (smallScratch.length < length) {
      smallScratch = new Int32Array(length);
    }
    const values = smallScratch.subarray(0, length);
    readSmallDeltas(bytes, values, length, step);
    return values;
  }
  const reader = new ByteReader(bytes);
  const values = new Float64Array(length);
  let value = 0;
  for (let i = 0; i < length; i++) {
    value += reader.signed();
    values[i] = value;
  }
  return values;
}

let qualityScratch = new Uint16Array(0);

/** Writes out the flags of every reading and returns all that occur. */
function readQuality(bytes: Uint8Array, length: number): number {
  if (qualityScratch.length < length) {
    qualityScratch = new Uint16Array(length);
  }
  return readRepeats(new ByteReader(bytes), qualityScratch, length);
}

function readSpread(bytes: Uint8Array, value: Int32Array | Float64Array, unit: number, length: number): SpreadColumns {
  const reader = new ByteReader(bytes);
  const n = new Float64Array(length);
  readRepeats(reader, n, length);
  if (unit === 0) {
    const min = planesToFloats(reader.bytes(length * 8), length);
    return { n, min, max: planesToFloats(reader.bytes(length * 8), length) };
  }
  const min = new Float64Array(length);
  const max = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    min[i] = ((value[i] as number) - reader.unsigned()) / unit;
  }
  for (let i = 0; i < length; i++) {
    max[i] = ((value[i] as number) + reader.unsigned()) / unit;
  }
  return { n, min, max };
}

/** Returns all bits that occur in the values. */
function readRepeats(reader: ByteReader, target: Uint16Array | Float64Array, length: number): number {
  let all = 0;
  for (let i = 0; i < length; ) {
    const value = reader.unsigned();
    const end = i + reader.unsigned();
    if (end > length || end <= i) {
      throw new RangeError("A section of the block repeats beyond its end.");
    }
    target.fill(value, i, end);
    all |= value;
    i = end;
  }
  return all;
}
