import { describe, expect, test } from "vitest";
import { modbusAnswer, modbusRequest } from "../../framing/modbus.ts";
import { writeModbusWords } from "../../simulate/modbus.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { hexBytes, join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createSenseairDecoder } from "./decoder.ts";

// Synthetic messages, written from Senseair's Modbus on S8 (TDE2067); the first one is its own example.
const EXAMPLE = hexBytes("FE 04 02 01 90 AC D8");
const answer = (...words: number[]) => modbusAnswer(0xfe, 4, writeModbusWords(words));
const decode = (stream: Uint8Array, variant?: string) =>
  decodeInChunks(createSenseairDecoder(variant === undefined ? {} : { variant }), stream, 4096);
const readingsOf = (stream: Uint8Array, variant?: string) => readingTexts(framesOf(decode(stream, variant))[0]);

describe("SenseAir decoder", () => {
  test("reads CO2 alone and together with the status", () => {
    expect(readingsOf(EXAMPLE)).toEqual(["co2 400 [ppm]"]);
    expect(readingsOf(answer(0, 0, 0, 865))).toEqual(["co2 865 [ppm]"]);
    expect(framesOf(decode(answer(0, 0, 0, 865)))[0]?.raw).toEqual({ unit: 0xfe, IR1: 0, IR2: 0, IR3: 0, IR4: 865 });
  });

  test("marks what a sensor with an error says, and what it calls out of range", () => {
    expect(readingsOf(answer(0x01, 0, 0, 865))).toEqual(["co2 865 [ppm] !device_error"]);
    expect(readingsOf(answer(0x40, 0, 0, 865))).toEqual(["co2 865 [ppm] !device_error"]);
    expect(readingsOf(answer(0x20, 0, 0, 2000))).toEqual(["co2 2000 [ppm] !out_of_range"]);
    expect(readingsOf(answer(0, 0, 0, 0))).toEqual(["co2 0 [ppm] !out_of_range"]);
  });

  test("counts a K33 in ten ppm", () => {
    expect(readingsOf(answer(65), "k33")).toEqual(["co2 650 [ppm]"]);
  });

  test("learns the serial number from the answer to its request", () => {
    const decoder = createSenseairDecoder();
    decoder.sent?.(modbusRequest(0xfe, 4, 29, 2));
    const events = [...decoder.push(answer(0x0123, 0x4567)), ...decoder.push(EXAMPLE), ...decoder.flush()];
    expect(framesOf(events).map(({ identity }) => identity)).toEqual(["01234567"]);
  });

  test("passes over echoes, settings and null bytes", () => {
    const stream = join(modbusRequest(0xfe, 4, 3, 1), [0], EXAMPLE, [0], hexBytes("fe06001f00b4ac74"));
    expect(framesOf(decode(stream)).map(({ offset }) => offset)).toEqual([9]);
    expect(refusalsOf(decode(stream)).map(([, , code]) => code)).toEqual([
      "SENSING_FRAME_NOT_A_READING",
      "SENSING_BYTES_UNRECOGNISED",
      "SENSING_BYTES_UNRECOGNISED",
      "SENSING_FRAME_NOT_A_READING",
    ]);
  });

  testDecoderPromises({
    create: createSenseairDecoder,
    frames: [EXAMPLE, answer(0, 0, 0, 865)],
    tricks: [hexBytes("fe04"), hexBytes("fe0408"), modbusRequest(0xfe, 4, 0, 4)],
    falseFrames: 2,
    neverWrong: false,
  });
});
