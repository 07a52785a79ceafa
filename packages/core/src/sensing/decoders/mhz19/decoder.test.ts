import { describe, expect, test } from "vitest";
import { writeMhz19Frame } from "../../simulate/mhz19.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { hexBytes, join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createMhz19Decoder } from "./decoder.ts";

// Synthetic frames, written from Winsen's MH-Z19B manual v1.6; the request is its own example.
const GOOD = writeMhz19Frame(636);
const REQUEST = hexBytes("FF 01 86 00 00 00 00 00 79");
const decode = (stream: Uint8Array, variant?: string) =>
  decodeInChunks(createMhz19Decoder(variant === undefined ? {} : { variant }), stream, 4096);
const co2Of = (stream: Uint8Array, variant?: string) => framesOf(decode(stream, variant)).flatMap(readingTexts);

describe("MH-Z19 decoder", () => {
  test("reads CO2, and keeps the undocumented temperature apart", () => {
    const [frame] = framesOf(decode(GOOD));
    expect(readingTexts(frame)).toEqual(["co2 636 [ppm]"]);
    expect(frame?.raw).toEqual({ co2_ppm: 636, temperature_c_undocumented: 26, status: 0, u: 0 });
  });

  test("marks the 410 ppm that a starting sensor shows for a minute, and not the 410 ppm of fresh air later", () => {
    const boot = [1215, 1215, 410, 410, 410, 410, 410, 623, 410, 620].map((ppm) => writeMhz19Frame(ppm));
    expect(co2Of(join(GOOD.with(8, 0), ...boot))).toEqual([
      "co2 1215 [ppm]",
      "co2 1215 [ppm]",
      ...Array(5).fill("co2 410 [ppm] !warming_up"),
      "co2 623 [ppm]",
      "co2 410 [ppm]",
      "co2 620 [ppm]",
    ]);
  });

  test("does not call a sensor in constantly fresh air starting for ever", () => {
    const steady = co2Of(join(...Array.from({ length: 40 }, () => writeMhz19Frame(410))));
    expect(steady.filter((text) => text.endsWith("!warming_up"))).toHaveLength(30);
    expect(steady.at(-1)).toBe("co2 410 [ppm]");
  });

  test("marks zero as warming up, and a value at the end of the range as saturated", () => {
    expect(co2Of(writeMhz19Frame(0))).toEqual(["co2 0 [ppm] !warming_up !out_of_range"]);
    expect(co2Of(writeMhz19Frame(5000))).toEqual(["co2 5000 [ppm] !saturated"]);
    expect(co2Of(writeMhz19Frame(2000))).toEqual(["co2 2000 [ppm]"]);
    expect(co2Of(writeMhz19Frame(2000), "2000")).toEqual(["co2 2000 [ppm] !saturated"]);
  });

  test("refuses the checksum 0 of clones", () => {
    expect(refusalsOf(decode(GOOD.with(8, 0)))).toEqual([[0, 9, "SENSING_FRAME_CHECKSUM"]]);
  });

  test("takes neither an echoed request nor the answer to another command for a measurement", () => {
    const events = decode(join(REQUEST, GOOD, hexBytes("FF 87 01 F4 00 00 00 00 84")));
    expect(framesOf(events).map(({ offset }) => offset)).toEqual([9]);
    expect(refusalsOf(events).map(([, , code]) => code)).toEqual(Array(2).fill("SENSING_FRAME_NOT_A_READING"));
  });

  testDecoderPromises({
    create: createMhz19Decoder,
    frames: [GOOD, writeMhz19Frame(1402)],
    tricks: [REQUEST, hexBytes("ffff86"), hexBytes("ff86")],
    falseFrames: 2,
  });
});
