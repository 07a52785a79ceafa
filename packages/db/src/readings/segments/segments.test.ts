import { createHash, generateKeyPairSync, sign as signBytes, verify } from "node:crypto";
import { zstdCompressSync } from "node:zlib";
import type { ReadingBlock } from "@ecolocal/core/series";
import { SEGMENT_LIMITS, type SegmentHeader } from "@ecolocal/core/series/segments";
import { createRandom, DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeSegment, parseSegment, readSegment, type SegmentContent, summariseReadings } from "./index.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const sign = (statement: string): string => signBytes(null, Buffer.from(statement), privateKey).toString("base64url");
const DAY = 20_500;

const content: SegmentContent = {
  groupId: "lindenhof",
  owner: { userId: "u1", userName: "Ada", deviceId: "d1", publicKey: publicKey.export({ format: "jwk" }).x ?? "" },
  channel: {
    id: "01jabcdefghjkmnpqrstvwxyz0",
    quantity: "pm25",
    key: "",
    place: "Balcony",
    exposure: "outdoor",
    intervalMs: 10_000,
  },
  sensor: { id: "01jabcdefghjkmnpqrstvwxyz1", name: "SDS011" },
  audience: "group",
  resolution: "raw",
  epoch: 1,
  seq: 1,
  day: DAY,
  revision: 1,
  resolutionMs: 1000,
  madeAt: DAY * DAY_MS,
};

function someReadings(count: number, seed = 1): ReadingBlock {
  const random = createRandom(seed);
  const at = Float64Array.from({ length: count }, (_, i) => DAY * DAY_MS + i * 10_000);
  return {
    at,
    value: at.map(() => Math.round(random() * 400) / 10),
    quality: Uint16Array.from(at, (_, i) => (i % 50 === 0 ? 1 : 0)),
  };
}

/** The whole of it as a receiver reads it, without asking who signed. */
function read(data: Uint8Array) {
  const parsed = parseSegment(data);
  return parsed.ok ? readSegment(parsed.value) : parsed;
}

describe("a segment", () => {
  it("gives back exactly the readings that went in, with flags and extremes", () => {
    const plain = someReadings(8640);
    expect(read(encodeSegment(content, plain, sign))).toEqual({ ok: true, value: plain });
    const hourly = summariseReadings(plain, "pm25", HOUR_MS);
    expect(read(encodeSegment({ ...content, resolution: "hourly" }, hourly, sign))).toEqual({
      ok: true,
      value: hourly,
    });
  });

  it("keeps a day of one reading a minute below three kilobytes", () => {
    const noise = someReadings(1440);
    let level = 12;
    const value = noise.value.map((step) => {
      level = Math.round((level + (step - 20) / 20) * 10) / 10;
      return level;
    });
    const minutely = { at: noise.at.map((at) => at + (at - DAY * DAY_MS) * 5), value, quality: noise.quality.fill(0) };
    expect(encodeSegment(content, minutely, sign).byteLength).toBeLessThan(3000);
  });

  it("says that a day has no readings any more", () => {
    const none = { at: new Float64Array(0), value: new Float64Array(0), quality: new Uint16Array(0) };
    const data = encodeSegment(content, none, sign);
    expect(read(data)).toEqual({ ok: true, value: none });
  });

  it("is refused as soon as one byte of it differs", () => {
    const data = encodeSegment(content, someReadings(200), sign);
    const isGenuine = (bytes: Uint8Array): boolean => {
      const parsed = parseSegment(bytes);
      if (!parsed.ok) return false;
      const { header, statement, signature } = parsed.value;
      const same = header.owner.publicKey === content.owner.publicKey;
      return same && verify(null, Buffer.from(statement), publicKey, Buffer.from(signature, "base64url"));
    };
    expect(isGenuine(data)).toBe(true);
    const believed = Array.from(data.keys()).filter((i) => {
      const changed = Uint8Array.from(data);
      changed[i] = (changed[i] as number) ^ 0x10;
      return isGenuine(changed);
    });
    expect(believed).toEqual([]);
  });
});

/** A segment with a header and body of one's own choice, hash included: what a hostile member can sign. */
function forge(change: Partial<SegmentHeader>, body: Uint8Array): Uint8Array {
  const sha256 = createHash("sha256").update(body).digest("hex");
  const header = JSON.stringify({ ...content, readings: 10, codec: 1, sha256, ...change });
  return Buffer.concat([Buffer.from(`ECOLOCAL-SEGMENT 1\n${header}\n${sign(header)}\n`), body]);
}

const REFUSED = { ok: false, error: { code: "SYNC_SEGMENT_INVALID" } };
const bodyOf = (data: Uint8Array): Uint8Array => {
  const parsed = parseSegment(data);
  return parsed.ok ? parsed.value.body : new Uint8Array();
};

describe("a segment from a hostile member", () => {
  it.each([
    ["of another day", { day: DAY + 1 }],
    ["of more readings than it holds", { readings: 11 }],
    ["of fewer readings than it holds", { readings: 9 }],
    ["of readings in a form that does not exist", { codec: 3 as 1 }],
    ["of no readings, with some", { readings: 0 }],
    ["of more readings than a day has seconds", { readings: 1_000_000_000 }],
    ["with a field of its own", { extra: 1 } as Partial<SegmentHeader>],
    ["with a key that is none", { owner: { ...content.owner, publicKey: "short" } }],
  ])("%s is refused", (_what, change) => {
    const body = bodyOf(encodeSegment(content, someReadings(10), sign));
    expect(read(forge({ readings: 10 }, body))).toMatchObject({ ok: true });
    expect(read(forge(change, body))).toMatchObject(REFUSED);
  });

  it("with values that are no numbers, or instants beside the second, is refused", () => {
    const readings = someReadings(10);
    const bad = { ...readings, value: readings.value.map((value, i) => (i === 5 ? Number.NaN : value)) };
    expect(read(encodeSegment(content, bad, sign))).toMatchObject(REFUSED);
    const between = { ...readings, at: readings.at.map((at) => at + 1) };
    const body = bodyOf(encodeSegment({ ...content, resolutionMs: 1 }, between, sign));
    expect(read(forge({ resolutionMs: 1000 }, body))).toMatchObject(REFUSED);
  });

  it("that would unpack to gigabytes costs no more than what it says it holds", () => {
    // Version, form "small", decimals, step, then a section that claims 64 MB of zeros.
    const packed = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024));
    const varint = (value: number): number[] =>
      value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
    const bomb = Uint8Array.from([
      1,
      1,
      0,
      1,
      ...varint(packed.length * 2 + 1),
      ...varint(64 * 1024 * 1024),
      ...packed,
    ]);
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    expect(read(forge({ readings: 86_400 }, bomb))).toMatchObject(REFUSED);
    expect(process.memoryUsage().arrayBuffers + process.memoryUsage().external - before).toBeLessThan(8 * 1024 * 1024);
  });

  it("is refused without a crash whatever its bytes are", () => {
    const body = bodyOf(encodeSegment(content, summariseReadings(someReadings(300), "pm25", 60_000), sign));
    const mutation = fc.record({ at: fc.nat(body.length - 1), byte: fc.nat(255) });
    void fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 12 }), fc.nat(86_400), (mutations, readings) => {
        const changed = Uint8Array.from(body);
        for (const { at, byte } of mutations) changed[at] = byte;
        const result = read(forge({ readings }, changed));
        return result.ok ? result.value.at.length === readings : result.error.code === "SYNC_SEGMENT_INVALID";
      }),
      { numRuns: 500 },
    );
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => !read(bytes).ok && !read(forge({}, bytes)).ok),
      { numRuns: 500 },
    );
  });

  it("larger than the limit is not even looked at", () => {
    expect(parseSegment(new Uint8Array(SEGMENT_LIMITS.segmentBytes + 1))).toMatchObject(REFUSED);
  });
});

describe("hourly summaries", () => {
  const at = (...minutes: number[]): Float64Array => Float64Array.from(minutes, (m) => DAY * DAY_MS + m * 60_000);
  const block = (times: Float64Array, values: number[], flags: number[] = []): ReadingBlock => ({
    at: times,
    value: Float64Array.from(values),
    quality: Uint16Array.from(values, (_, i) => flags[i] ?? 0),
  });
  const values = (quantity: string, readings: ReadingBlock): number[] => [
    ...summariseReadings(readings, quantity, HOUR_MS).value,
  ];

  it("are means of gauges, ends of counters, sums of rain and means on the circle", () => {
    expect(values("pm25", block(at(0, 10, 70), [1, 3, 9]))).toEqual([2, 9]);
    expect(values("energy_import", block(at(0, 10, 70), [1, 3, 9]))).toEqual([3, 9]);
    expect(values("rain", block(at(0, 10, 70), [1, 3, 9]))).toEqual([4, 9]);
    expect(values("wind_direction", block(at(0, 10), [350, 10]))).toEqual([0]);
  });

  it("leave out what was excluded or cannot be used", () => {
    expect(values("pm25", block(at(0, 10, 70), [1, 300, 9], [0, 1 << 11, 1 << 5]))).toEqual([1]);
  });
});
