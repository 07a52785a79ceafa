import { UNUSABLE_BITS } from "@ecolocal/core/sensing";
import { DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import { type Columns, lowerBound } from "../columns.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import type { ScaledValues } from "./scaling.ts";

const HOURS = 24;

/** Statistics of usable readings, one entry per hour or day; entries without readings have `readings` 0. */
export interface RollupEntries {
  readonly readings: Float64Array;
  /** Samples behind the readings. */
  readonly n: Float64Array;
  /** Values times samples, in units of the rollup. */
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/**
 * Statistics of a block per UTC day and hour. Integers of 10^-decimals, hence exact and equal to their
 * recomputation bit for bit; `unit` 0 means doubles as they are.
 */
export interface Rollup {
  readonly days: number;
  readonly unit: number;
  readonly day: RollupEntries;
  readonly hour: RollupEntries;
}

function emptyEntries(size: number): RollupEntries {
  return {
    readings: new Float64Array(size),
    n: new Float64Array(size),
    sum: new Float64Array(size),
    min: new Float64Array(size),
    max: new Float64Array(size),
  };
}

/** Adds up the usable readings of a block that begins at UTC day `startDay`. */
export function rollUp(columns: Columns, scaled: ScaledValues | null, startDay: number, days: number): Rollup {
  const hour = emptyEntries(days * HOURS);
  const value = scaled ? scaled.value : columns.value;
  const low = columns.spread ? (scaled?.min ?? columns.spread.min) : value;
  const high = columns.spread ? (scaled?.max ?? columns.spread.max) : value;
  let start = 0;
  for (let h = 0; h < days * HOURS; h++) {
    const end = lowerBound(columns.at, startDay * DAY_MS + (h + 1) * HOUR_MS, columns.length);
    if (end > start) {
      addHour(hour, h, columns, value, low, high, start, end);
    }
    start = end;
  }
  return { days, unit: scaled ? 10 ** scaled.decimals : 0, hour, day: addUpDays(hour, days) };
}

type Numbers = Int32Array | Float64Array;

function addHour(
  hour: RollupEntries,
  h: number,
  columns: Columns,
  value: Numbers,
  low: Numbers,
  high: Numbers,
  start: number,
  end: number,
): void {
  const { quality, spread } = columns;
  let readings = 0;
  let n = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = start; i < end; i++) {
    if (quality !== null && ((quality[i] as number) & UNUSABLE_BITS) !== 0) {
      continue;
    }
    const weight = spread === null ? 1 : (spread.n[i] as number);
    readings++;
    n += weight;
    sum += (value[i] as number) * weight;
    min = Math.min(min, low[i] as number);
    max = Math.max(max, high[i] as number);
  }
  if (readings > 0) {
    setEntry(hour, h, readings, n, sum, min, max);
  }
}

function setEntry(to: RollupEntries, i: number, readings: number, n: number, sum: number, min: number, max: number) {
  to.readings[i] = readings;
  to.n[i] = n;
  to.sum[i] = sum;
  to.min[i] = min;
  to.max[i] = max;
}

function addUpDays(hour: RollupEntries, days: number): RollupEntries {
  const day = emptyEntries(days);
  for (let h = 0; h < days * HOURS; h++) {
    const readings = hour.readings[h] as number;
    const d = Math.floor(h / HOURS);
    if (readings > 0) {
      const isFirst = day.readings[d] === 0;
      setEntry(
        day,
        d,
        (day.readings[d] as number) + readings,
        (day.n[d] as number) + (hour.n[h] as number),
        (day.sum[d] as number) + (hour.sum[h] as number),
        isFirst ? (hour.min[h] as number) : Math.min(day.min[d] as number, hour.min[h] as number),
        isFirst ? (hour.max[h] as number) : Math.max(day.max[d] as number, hour.max[h] as number),
      );
    }
  }
  return day;
}

const VERSION = 1;
const FORM = { double: 1, weighted: 2 } as const;
/** Beyond this, zigzag codes are no longer exact. */
const LARGEST_EXACT = 2 ** 51;
const writer = new ByteWriter(16_384);

/**
 * Packs a rollup: version, form, decimals, days, byte length of the day entries, day entries, hour entries.
 *
 * Each entry is stored as its difference from what the entry before lets one expect, so that it takes about six bytes.
 */
export function encodeRollup(rollup: Rollup, decimals: number): Uint8Array {
  const isDouble = rollup.unit === 0 || !isExact(rollup.hour) || !isExact(rollup.day);
  const isWeighted = rollup.day.readings.some((readings, i) => readings !== rollup.day.n[i]);
  const form = (isDouble ? FORM.double : 0) | (isWeighted ? FORM.weighted : 0);
  writer.clear();
  writeEntries(rollup.day, form);
  const days = writer.copy();
  writer.clear();
  writer.byte(VERSION);
  writer.byte(form);
  writer.byte(rollup.unit === 0 ? 255 : decimals);
  writer.byte(rollup.days);
  writer.unsigned(days.length);
  writer.bytes(days);
  writeEntries(rollup.hour, form);
  return writer.copy();
}

function isExact(entries: RollupEntries): boolean {
  return entries.sum.every((sum) => Math.abs(sum) < LARGEST_EXACT);
}

function writeEntries(entries: RollupEntries, form: number): void {
  let lastReadings = 0;
  let lastMin = 0;
  for (let i = 0; i < entries.readings.length; i++) {
    const readings = entries.readings[i] as number;
    // 0 marks an empty entry; the difference of the counts follows shifted by one.
    if (readings === 0) {
      writer.unsigned(0);
      continue;
    }
    const change = readings - lastReadings;
    writer.unsigned((change >= 0 ? change * 2 : -change * 2 - 1) + 1);
    lastReadings = readings;
    const n = entries.n[i] as number;
    if (form & FORM.weighted) {
      writer.unsigned(n - readings);
    }
    const sum = entries.sum[i] as number;
    const min = entries.min[i] as number;
    const max = entries.max[i] as number;
    if (form & FORM.double) {
      writer.float(sum);
      writer.float(min);
      writer.float(max);
      continue;
    }
    writer.signed(min - lastMin);
    writer.unsigned(max - min);
    writer.signed(sum - expectedSum(n, min, max));
    lastMin = min;
  }
}

/** A whole number near the sum of `n` values between two extremes. */
function expectedSum(n: number, min: number, max: number): number {
  return n * Math.floor((min + max) / 2);
}

/**
 * Unpacks a rollup, or only its days; throws a `RangeError` when the bytes cannot be one. A year of hours is 8,760
 * entries, so memory is reused: the entries are valid until the next call.
 */
export function decodeRollup(data: Uint8Array, part: "days" | "hours"): { unit: number; entries: RollupEntries } {
  const reader = new ByteReader(data);
  if (reader.byte() !== VERSION) {
    throw new RangeError("The rollup has a version that this program does not know.");
  }
  const form = reader.byte();
  const decimals = reader.byte();
  const days = reader.byte();
  const dayBytes = reader.unsigned();
  const unit = decimals === 255 ? 0 : 10 ** decimals;
  const dayStart = reader.position;
  const start = part === "days" ? dayStart : dayStart + dayBytes;
  const entries = scratchEntries(part === "days" ? days : days * HOURS);
  const read = form & FORM.double ? readDoubles : readIntegers;
  read(new ByteReader(data, start), entries, (form & FORM.weighted) !== 0);
  return { unit, entries };
}

const scratches = new Map<number, RollupEntries>();

function scratchEntries(size: number): RollupEntries {
  let entries = scratches.get(size);
  if (!entries) {
    entries = emptyEntries(size);
    scratches.set(size, entries);
  }
  for (const column of Object.values(entries) as Float64Array[]) {
    column.fill(0);
  }
  return entries;
}

function readIntegers(reader: ByteReader, entries: RollupEntries, isWeighted: boolean): void {
  const { readings, n, sum, min, max } = entries;
  let count = 0;
  let low = 0;
  for (let i = 0; i < readings.length; i++) {
    const code = reader.unsigned();
    if (code === 0) {
      continue;
    }
    count += (code & 1) === 1 ? (code - 1) / 2 : -code / 2;
    const weight = count + (isWeighted ? reader.unsigned() : 0);
    low += reader.signed();
    const high = low + reader.unsigned();
    readings[i] = count;
    n[i] = weight;
    min[i] = low;
    max[i] = high;
    sum[i] = reader.signed() + expectedSum(weight, low, high);
  }
}

function readDoubles(reader: ByteReader, entries: RollupEntries, isWeighted: boolean): void {
  let count = 0;
  for (let i = 0; i < entries.readings.length; i++) {
    const code = reader.unsigned();
    if (code === 0) {
      continue;
    }
    count += (code & 1) === 1 ? (code - 1) / 2 : -code / 2;
    const weight = count + (isWeighted ? reader.unsigned() : 0);
    const sum = reader.float();
    const low = reader.float();
    setEntry(entries, i, count, weight, sum, low, reader.float());
  }
}
