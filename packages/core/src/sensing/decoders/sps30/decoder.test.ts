import { describe, expect, test } from "vitest";
import { shdlcAnswer, shdlcCommand } from "../../framing/shdlc.ts";
import { writeSps30Measurement, writeSps30Serial } from "../../simulate/sps30.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { hexBytes, join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createSps30Decoder } from "./decoder.ts";

// Synthetic frames, written from Sensirion's SPS30 datasheet v1.0 §4; commands without data are its own examples.
const VALUES = [5.25, 9.5, 12.625, 13.25, 26.5, 37, 41.5, 42.375, 42.5, 0.8125];
const GOOD = writeSps30Measurement(VALUES);
// 7D, 7E, 11 and 13 all over: 7D 5D 31 on the wire is 7D 31, not 11.
const STUFFED = writeSps30Measurement([hexFloat("417d3111"), hexFloat("427e7d5e"), ...VALUES.slice(2)]);

function hexFloat(hex: string): number {
  return new DataView(hexBytes(hex).buffer).getFloat32(0);
}

const decode = (stream: Uint8Array) => decodeInChunks(createSps30Decoder(), stream, 4096);

describe("SPS30 decoder", () => {
  test("reads masses, cumulative counts and the typical size", () => {
    expect(readingTexts(framesOf(decode(GOOD))[0])).toEqual([
      "pm1 5.25 ug/m3",
      "pm25 9.5 ug/m3",
      "pm4 12.625 ug/m3",
      "pm10 13.25 ug/m3",
      "particle_count/0.3-0.5um 26.5 1/cm3",
      "particle_count/0.3-1.0um 37 1/cm3",
      "particle_count/0.3-2.5um 41.5 1/cm3",
      "particle_count/0.3-4.0um 42.375 1/cm3",
      "particle_count/0.3-10um 42.5 1/cm3",
      "typical_size 0.8125 um",
    ]);
  });

  test("undoes byte stuffing in one pass", () => {
    const hex = Buffer.from(STUFFED).toString("hex");
    expect(hex).toContain("7d5d317d31");
    const [frame] = framesOf(decode(STUFFED));
    expect(frame?.raw["mc_1p0"]).toBe(Number(hexFloat("417d3111").toPrecision(7)));
    expect(frame?.raw["mc_2p5"]).toBe(Number(hexFloat("427e7d5e").toPrecision(7)));
  });

  test("reads the integer format, whose size is in nanometres", () => {
    const words = [5, 9, 12, 13, 26, 37, 41, 42, 43, 812].flatMap((word) => [word >> 8, word & 0xff]);
    const texts = readingTexts(framesOf(decode(shdlcAnswer(0x03, words)))[0]);
    expect([texts[1], texts.at(-1)]).toEqual(["pm25 9 ug/m3", "typical_size 0.812 um"]);
  });

  test("takes an empty measurement as nothing new, and an error as no measurement", () => {
    const empty = hexBytes("7E 00 03 00 00 FC 7E");
    const notAllowed = hexBytes("7E 00 00 43 00 BC 7E");
    expect(shdlcAnswer(0x03)).toEqual(empty);
    expect(refusalsOf(decode(join(GOOD, empty, notAllowed, GOOD))).map(([, length, code]) => [length, code])).toEqual([
      [7, "SENSING_FRAME_NOT_A_READING"],
      [7, "SENSING_FRAME_NOT_A_READING"],
    ]);
  });

  test("marks zeros as warming up, and keeps data good when only the status register complains", () => {
    const [zero] = framesOf(decode(writeSps30Measurement(Array(10).fill(0))));
    for (const { quality } of zero?.readings ?? []) expect(quality).toEqual(["warming_up"]);
    const [flagged] = framesOf(decode(writeSps30Measurement(VALUES, 0x80)));
    expect(flagged?.raw["status_flag"]).toBe(true);
    expect(flagged?.readings.flatMap(({ quality }) => quality)).toEqual([]);
  });

  test("learns the serial number and passes over the product type and its own commands", () => {
    const ask = shdlcCommand(0xd0, [3]);
    expect(ask).toEqual(hexBytes("7E 00 D0 01 03 2B 7E"));
    const events = decode(join(GOOD, ask, writeSps30Serial("00080000"), writeSps30Serial("ABCDEF0123456789"), GOOD));
    expect(framesOf(events).map(({ identity }) => identity)).toEqual([undefined, "ABCDEF0123456789"]);
  });

  test("refuses a wrong checksum, a wrong length, a bad escape and a missing end", () => {
    expect(refusalsOf(decode(GOOD.with(8, 0x55)))).toEqual([[0, GOOD.length, "SENSING_FRAME_CHECKSUM"]]);
    expect(refusalsOf(decode(hexBytes("7E 00 03 00 28 00 00 00 D4 7E")))[0]?.[2]).toBe("SENSING_FRAME_MALFORMED");
    expect(refusalsOf(decode(hexBytes("7E 00 03 7D 00 FC 7E")))[0]?.[2]).toBe("SENSING_FRAME_MALFORMED");
    expect(refusalsOf(decode(GOOD.with(GOOD.length - 1, 0x77)))).toEqual([[0, GOOD.length, "SENSING_FRAME_PARTIAL"]]);
  });

  test("gives up on a frame that does not end", () => {
    const endless = join([0x7e], Array(600).fill(1), GOOD);
    expect(refusalsOf(decode(endless))[0]).toEqual([0, 522, "SENSING_FRAME_TOO_LONG"]);
    expect(framesOf(decode(endless))).toHaveLength(1);
  });

  testDecoderPromises({
    create: createSps30Decoder,
    frames: [GOOD, STUFFED],
    tricks: [shdlcAnswer(0x03), [0x7e, 0x7e], [0x7d], shdlcCommand(0x03)].map((trick) => Uint8Array.from(trick)),
    falseFrames: 0,
  });
});
