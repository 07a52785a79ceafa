import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Columns, ColumnsBuilder } from "../columns.ts";
import { chunkToColumns, decodeChunk, decodeTimes, encodeChunk } from "./chunk-codec.ts";
import { CODEC, crc32, createCompressor, slowCrc32 } from "./compression.ts";
import { expandTimes, indexAtOrAfter, instantAt } from "./time-runs.ts";

const START = Date.UTC(2025, 0, 1);

const anyValue = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -5000, max: 50_000 }).map((v) => v / 10) },
  { weight: 2, arbitrary: fc.integer({ min: -400, max: 400 }).map((v) => v * 0.0625) },
  { weight: 1, arbitrary: fc.integer({ min: -(2 ** 50), max: 2 ** 50 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => v + 0) },
);

const reading = fc.record({
  gap: fc.oneof(
    { weight: 9, arbitrary: fc.constant(10) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 90_000 }) },
  ),
  value: anyValue,
  quality: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 65_535 }) },
  ),
  n: fc.integer({ min: 1, max: 1000 }),
  below: fc.integer({ min: 0, max: 100 }),
});

function build(
  parts: { gap: number; value: number; quality: number; n: number; below: number }[],
  withSpread: boolean,
): Columns {
  const builder = new ColumnsBuilder();
  let at = START;
  for (const { gap, value, quality, n, below } of parts) {
    at += gap * 1000;
    if (withSpread && n > 1) {
      builder.addSpread(at, value, quality, n, Math.min(value, value - below / 10), Math.max(value, value + below / 8));
    } else {
      builder.add(at, value, quality);
    }
  }
  return builder.finish();
}

const asLists = (columns: Columns) => ({
  at: Array.from(columns.at),
  value: Array.from(columns.value),
  quality: columns.quality?.some((bits) => bits !== 0) ? Array.from(columns.quality) : null,
  n: columns.spread && Array.from(columns.spread.n),
  min: columns.spread && Array.from(columns.spread.min),
  max: columns.spread && Array.from(columns.spread.max),
});

describe.each([
  ["zstd", CODEC.zstd],
  ["deflate", CODEC.deflate],
] as const)("a block packed with %s", (_name, codec) => {
  it("gives back every reading to the last bit", () => {
    const compressor = createCompressor(codec);
    fc.assert(
      fc.property(fc.array(reading, { minLength: 1, maxLength: 400 }), fc.boolean(), (parts, withSpread) => {
        const columns = build(parts, withSpread);
        const data = encodeChunk(columns, 1000, compressor);
        expect(asLists(chunkToColumns(decodeChunk(data, codec, columns.length, 1000)))).toEqual(asLists(columns));
        const times = decodeTimes(data, codec, columns.length, 1000);
        expect(Array.from(expandTimes(times))).toEqual(Array.from(columns.at));
      }),
      { numRuns: 60 },
    );
  });
});

it("stretches of times find the first reading at or after any instant", () => {
  fc.assert(
    fc.property(
      fc.array(reading, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: -5, max: 200_000 }),
      (parts, offset) => {
        const columns = build(parts, false);
        const times = decodeTimes(
          encodeChunk(columns, 1000, createCompressor()),
          createCompressor().id,
          columns.length,
          1000,
        );
        const at = START + offset * 500;
        const expected = Array.from(columns.at).findIndex((instant) => instant >= at);
        expect(indexAtOrAfter(times, at)).toBe(expected === -1 ? columns.length : expected);
        columns.at.forEach((instant, i) => {
          expect(instantAt(times, i)).toBe(instant);
          expect(indexAtOrAfter(times, instant)).toBe(i);
        });
      },
    ),
  );
});

it("values of a sensor that steps by sixteenths take as little room as whole numbers", () => {
  const builder = new ColumnsBuilder();
  const whole = new ColumnsBuilder();
  for (let i = 0; i < 2000; i++) {
    const walk = Math.round(20 * Math.sin(i / 40) + (i % 3));
    builder.add(START + i * 10_000, walk * 0.0625, 0);
    whole.add(START + i * 10_000, walk, 0);
  }
  const compressor = createCompressor();
  const sixteenths = encodeChunk(builder.finish(), 1000, compressor).length;
  expect(sixteenths).toBeLessThan(encodeChunk(whole.finish(), 1000, compressor).length + 8);
});

it("damaged bytes are refused or decoded, and never crash the reader in another way", () => {
  const columns = build(
    Array.from({ length: 500 }, (_, i) => ({ gap: 10, value: (i % 17) / 10, quality: 0, n: 2, below: i % 5 })),
    true,
  );
  const data = encodeChunk(columns, 1000, createCompressor(CODEC.deflate));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: data.length * 8 - 1 }), (bit) => {
      const damaged = data.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expect(crc32(damaged)).not.toBe(crc32(data));
      try {
        decodeChunk(damaged, CODEC.deflate, columns.length, 1000);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
    { numRuns: 200 },
  );
});

it("the checksum without help from the runtime is the standard one", () => {
  const bytes = new TextEncoder().encode("123456789");
  expect(slowCrc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(slowCrc32(bytes.subarray(4), slowCrc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
});
