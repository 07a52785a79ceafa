import { describe, expect, test } from "vitest";
import { writePmsFrame, writePmsWords } from "../../simulate/pms.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { hexBytes, join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createPmsDecoder } from "./decoder.ts";

// Synthetic frames, written from Plantower's PMS5003 series data manual V2.3 (layout, sum of all bytes before it).
const MASSES = [5, 13, 22, 5, 12, 20] as const;
const COUNTS = [765, 252, 29, 15, 6, 1] as const;
const GOOD = writePmsFrame({ cf1UgM3: [5, 13, 22], atmUgM3: [5, 12, 20], countsPer100Ml: COUNTS });
const AFTER_WAKE = writePmsFrame({
  cf1UgM3: [4, 7, 9],
  atmUgM3: [4, 7, 9],
  countsPer100Ml: [0, 0, 0, 0, 0, 0],
  error: 8,
});
const WAKE_REPLY = writePmsWords([0xe401]);

const decode = (stream: Uint8Array, variant?: string) =>
  decodeInChunks(createPmsDecoder(variant === undefined ? {} : { variant }), stream, 4096);
const readingsOf = (stream: Uint8Array, variant?: string) => readingTexts(framesOf(decode(stream, variant))[0]);

describe("PMS decoder", () => {
  test("reads both kinds of masses in µg/m³ and the counts per cm³", () => {
    expect(readingsOf(GOOD)).toEqual([
      "pm1/cf1 5 ug/m3",
      "pm25/cf1 13 ug/m3",
      "pm10/cf1 22 ug/m3",
      "pm1 5 ug/m3",
      "pm25 12 ug/m3",
      "pm10 20 ug/m3",
      "particle_count/gt0.3um 7.65 1/cm3",
      "particle_count/gt0.5um 2.52 1/cm3",
      "particle_count/gt1.0um 0.29 1/cm3",
      "particle_count/gt2.5um 0.15 1/cm3",
      "particle_count/gt5.0um 0.06 1/cm3",
      "particle_count/gt10um 0.01 1/cm3",
    ]);
    expect(framesOf(decode(GOOD))[0]?.raw).toMatchObject({
      length: 28,
      pm2_5_atm: 12,
      n_gt_0_3: 765,
      version: 151,
      error: 0,
    });
  });

  test("reads the shorter frame of a PMS3003, which counts nothing and may show clean air", () => {
    expect(readingsOf(writePmsWords([1, 2, 3, 4, 5, 6, 7, 8, 9])).slice(3)).toEqual([
      "pm1 4 ug/m3",
      "pm25 5 ug/m3",
      "pm10 6 ug/m3",
    ]);
    expect(readingsOf(writePmsWords([0, 0, 0, 0, 0, 0, 0, 0, 0])).slice(3)).toEqual([
      "pm1 0 ug/m3",
      "pm25 0 ug/m3",
      "pm10 0 ug/m3",
    ]);
  });

  test("reads formaldehyde, frost and humidity of a PMS5003ST by its length", () => {
    const frame = writePmsWords([...MASSES, ...COUNTS, 9, 0x10000 - 15, 803, 0, 0x9100]);
    expect(frame).toHaveLength(40);
    expect(readingsOf(frame).slice(-3)).toEqual(["hcho 0.009 mg/m3", "temperature -1.5 Cel", "humidity 80.3 %"]);
  });

  test("reads a PMS5003T or S when told which it is, because their frames look like a PMS5003's", () => {
    const t = writePmsWords([...MASSES, 765, 252, 29, 15, 356, 204, 0x9100]);
    expect(readingsOf(t, "pms5003t").slice(-2)).toEqual(["temperature 35.6 Cel", "humidity 20.4 %"]);
    const s = writePmsWords([...MASSES, ...COUNTS, 23]);
    expect(readingsOf(s, "pms5003s").slice(-1)).toEqual(["hcho 0.023 mg/m3"]);
  });

  test("recognises a PMS5003T by itself once a count grows with size, and remembers it", () => {
    const humid = writePmsWords([...MASSES, 765, 252, 29, 15, 215, 483, 0x9100]);
    const dry = writePmsWords([...MASSES, 765, 252, 29, 15, 356, 204, 0x9100]);
    const frames = framesOf(decode(join(humid, dry)));
    expect(frames.map((frame) => readingTexts(frame).slice(-2))).toEqual([
      ["temperature 21.5 Cel", "humidity 48.3 %"],
      ["temperature 35.6 Cel", "humidity 20.4 %"],
    ]);
  });

  test("recognises a PMS5003S by formaldehyde where others have their version", () => {
    const frames = framesOf(
      decode(join(writePmsWords([...MASSES, ...COUNTS, 23]), writePmsWords([...MASSES, ...COUNTS, 0]))),
    );
    expect(frames.map((frame) => readingTexts(frame).at(-1))).toEqual(["hcho 0.023 mg/m3", "hcho 0 mg/m3"]);
  });

  test("marks error 08 and missing counts after waking, although the masses look plausible", () => {
    const [frame] = framesOf(decode(AFTER_WAKE));
    expect(frame?.raw["error"]).toBe(8);
    for (const { quality } of frame?.readings ?? []) expect(quality).toEqual(["warming_up", "device_error"]);
  });

  test("marks a frame of zeros as warming up", () => {
    const [frame] = framesOf(decode(writePmsWords(Array.from({ length: 13 }, () => 0))));
    for (const { quality } of frame?.readings ?? []) expect(quality).toEqual(["warming_up"]);
  });

  test("does not take the answer to a command, of length 4, for a frame of readings", () => {
    expect(WAKE_REPLY).toEqual(hexBytes("424d0004e4010178"));
    expect(refusalsOf(decode(join(GOOD, WAKE_REPLY, GOOD)))).toEqual([[32, 8, "SENSING_FRAME_NOT_A_READING"]]);
  });

  test("refuses a wrong checksum, an impossible length and a cut frame, each with its reason", () => {
    expect(refusalsOf(decode(GOOD.with(31, 0)))).toEqual([[0, 32, "SENSING_FRAME_CHECKSUM"]]);
    expect(refusalsOf(decode(GOOD.with(3, 0)))[0]).toEqual([0, 4, "SENSING_FRAME_MALFORMED"]);
    expect(refusalsOf(decode(GOOD.subarray(0, 10)))).toEqual([[0, 10, "SENSING_FRAME_PARTIAL"]]);
  });

  test("finds the frame behind one that lost two bytes", () => {
    const events = decode(join(GOOD.subarray(0, 10), GOOD.subarray(12), GOOD, GOOD));
    expect(framesOf(events).map(({ offset }) => offset)).toEqual([30, 62]);
  });

  testDecoderPromises({
    create: createPmsDecoder,
    frames: [GOOD, AFTER_WAKE],
    tricks: [WAKE_REPLY, writePmsWords([...MASSES, 0, 0, 0]), hexBytes("42424d00"), hexBytes("424d001c")],
    falseFrames: 0,
  });
});
