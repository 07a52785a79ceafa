import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../shared/index.ts";
import type { AcceptedFrame, DecodeEvent } from "../../decoder.ts";
import { writeSds011Frame } from "../../simulate/sds011.ts";
import {
  CHUNK_LENGTHS,
  decodeInChunks,
  decodeInPieces,
  decodeInRandomChunks,
  findCoverageGap,
  randomBytes,
} from "../../testing/chunking.ts";
import { createSds011Decoder } from "./decoder.ts";

// Synthetic frames, written from Nova's Laser Dust Sensor Control Protocol V1.3 (layout, sum over bytes 2…7).
const CLEAN = writeSds011Frame({ pm25UgM3: 12.3, pm10UgM3: 20.4, deviceId: "1B2C" });
const DUSTY = writeSds011Frame({ pm25UgM3: 85.1, pm10UgM3: 130.9, deviceId: "1B2C" });

function bytes(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function decode(stream: Uint8Array): DecodeEvent[] {
  return decodeInChunks(createSds011Decoder(), stream, 4096);
}

function frames(events: readonly DecodeEvent[]): AcceptedFrame[] {
  return events.filter((event) => event.kind === "frame");
}

function refusals(events: readonly DecodeEvent[]): (readonly [number, number, string])[] {
  return events.filter((event) => event.kind === "rejected").map(({ offset, length, code }) => [offset, length, code]);
}

describe("SDS011 decoder", () => {
  test("reads both dust values in µg/m³ and the sensor's own id", () => {
    expect(decode(CLEAN)).toEqual([
      {
        kind: "frame",
        offset: 0,
        length: 10,
        identity: "1B2C",
        readings: [
          { quantity: "pm25", value: 12.3, unit: "ug/m3", quality: [] },
          { quantity: "pm10", value: 20.4, unit: "ug/m3", quality: [] },
        ],
        raw: { command: "C0", pm25_register: 123, pm10_register: 204, device_id: "1B2C", checksum: expect.any(String) },
      },
    ]);
  });

  test("marks all-zero dust as warming up", () => {
    const [frame] = frames(decode(writeSds011Frame({ pm25UgM3: 0, pm10UgM3: 0 })));
    expect(frame?.readings.map((reading) => reading.quality)).toEqual([["warming_up"], ["warming_up"]]);
  });

  test("marks registers at full scale as saturated", () => {
    const [frame] = frames(decode(writeSds011Frame({ pm25UgM3: 999.9, pm10UgM3: 1999.9 })));
    expect(frame?.readings.map((reading) => reading.quality)).toEqual([["saturated"], ["saturated"]]);
  });

  test("does not take an SDS198 for an SDS011", () => {
    const sds198 = hex("aacf05000000a160");
    const sum = sds198.subarray(2).reduce((total, byte) => (total + byte) & 0xff, 0);
    expect(decode(bytes(sds198, [sum, 0xab]))).toEqual([
      { kind: "rejected", offset: 0, length: 10, code: "SENSING_FRAME_UNSUPPORTED" },
    ]);
  });

  test("passes over the answers to commands", () => {
    const reply = hex("aac506010100a16009ab");
    expect(refusals(decode(bytes(CLEAN, reply, DUSTY)))).toEqual([[10, 10, "SENSING_FRAME_NOT_A_READING"]]);
  });

  test("refuses a wrong checksum, a wrong tail and a short frame, each with its reason", () => {
    const wrongSum = CLEAN.with(8, 0);
    const wrongTail = CLEAN.with(9, 0);
    expect(refusals(decode(wrongSum))).toEqual([[0, 10, "SENSING_FRAME_CHECKSUM"]]);
    expect(refusals(decode(wrongTail))).toEqual([[0, 10, "SENSING_FRAME_MALFORMED"]]);
    expect(refusals(decode(CLEAN.subarray(0, 6)))).toEqual([[0, 6, "SENSING_FRAME_PARTIAL"]]);
  });

  test("calls the end of the frame under way at the start of listening partial", () => {
    expect(refusals(decode(bytes(CLEAN.subarray(4), DUSTY)))).toEqual([[0, 6, "SENSING_FRAME_PARTIAL"]]);
  });

  test("finds the frame that follows a cut one, although the cut one's length covers its start", () => {
    const events = decode(bytes(CLEAN, CLEAN.subarray(0, 4), DUSTY, CLEAN));
    expect(frames(events).map((frame) => frame.offset)).toEqual([0, 14, 24]);
    expect(refusals(events)).toEqual([[10, 4, "SENSING_FRAME_PARTIAL"]]);
  });

  test("loses at most one frame to one corrupted byte", async () => {
    await fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const stream = bytes(...Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? CLEAN : DUSTY)));
        const events = decode(stream.with(at, (stream[at] ?? 0) ^ flip));
        expect(frames(events).length).toBeGreaterThanOrEqual(9);
      }),
    );
  });

  test("gives the same events however the stream is cut", async () => {
    const noise = fc.uint8Array({ maxLength: 30 });
    const part = fc.oneof(noise, fc.constant(CLEAN), fc.constant(DUSTY), fc.constant(CLEAN.subarray(0, 7)));
    await fc.assert(
      fc.property(
        fc.array(part, { maxLength: 20 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        (parts, cuts) => {
          const stream = bytes(...parts);
          const whole = decode(stream);
          expect(findCoverageGap(whole, stream.length)).toBeNull();
          for (const length of CHUNK_LENGTHS) {
            expect(decodeInChunks(createSds011Decoder(), stream, length)).toEqual(whole);
          }
          expect(decodeInPieces(createSds011Decoder(), stream, () => cuts.next().value ?? 1)).toEqual(whole);
        },
      ),
    );
  });

  test("accepts nothing from a million random bytes and accounts for every one of them", () => {
    const random = createRandom(20_261_125);
    const stream = randomBytes(1_000_000, random);
    const events = decodeInRandomChunks(createSds011Decoder(), stream, random);
    expect(frames(events)).toEqual([]);
    expect(findCoverageGap(events, stream.length)).toBeNull();
  });
});
