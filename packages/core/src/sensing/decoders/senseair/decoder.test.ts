import { describe, expect, test } from "vitest";
import { modbusAnswer, modbusException, modbusRamRequest, modbusRequest, READ_RAM } from "../../framing/modbus.ts";
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

  test("reads a K30 through its RAM, whose request has no reading and whose zero gas may be negative", () => {
    const request = modbusRamRequest(0xfe, 0x08, 2);
    expect(request).toEqual(hexBytes("fe440008029f25"));
    const ram = (word: number) => modbusAnswer(0xfe, READ_RAM, writeModbusWords([word]));
    const events = decode(join(request, ram(712)), "k30");
    expect(framesOf(events).map(({ offset, raw }) => [offset, raw])).toEqual([[7, { unit: 0xfe, RAM08: 712 }]]);
    expect(refusalsOf(events)).toEqual([[0, 7, "SENSING_FRAME_NOT_A_READING"]]);
    expect(readingsOf(ram(712))).toEqual(["co2 712 [ppm]"]);
    expect(readingsOf(ram(0xfffd))).toEqual(["co2 -3 [ppm] !out_of_range"]);
  });

  test.each(["fc", "ff"])("goes on after what claims to be more RAM than one answer holds (%s bytes)", (count) => {
    // Where the claim is one byte longer than what is kept of a line.
    const stream = join(new Uint8Array(254), hexBytes(`fe44${count}`), new Uint8Array(600), EXAMPLE);
    expect(framesOf(decode(stream)).map(({ offset }) => offset)).toEqual([857]);
  });

  test("does not take other RAM of a K30 for CO2", () => {
    const decoder = createSenseairDecoder({ variant: "k30" });
    decoder.sent?.(modbusRamRequest(0xfe, 0x12, 2));
    expect(framesOf(decoder.push(modbusAnswer(0xfe, READ_RAM, writeModbusWords([2315]))))).toEqual([]);
  });

  test("does without the serial number that a K30 refuses to tell", () => {
    const decoder = createSenseairDecoder({ variant: "k30" });
    decoder.sent?.(modbusRequest(0xfe, 4, 29, 2));
    const [refusal] = refusalsOf(decoder.push(modbusException(0xfe, 4, 2)));
    expect(refusal).toEqual([0, 5, "SENSING_FRAME_NOT_A_READING"]);
    decoder.sent?.(modbusRequest(0xfe, 4, 0, 4));
    expect(framesOf(decoder.push(answer(0, 0, 0, 655))).map(({ identity }) => identity)).toEqual([undefined]);
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
    frames: [EXAMPLE, answer(0, 0, 0, 865), modbusAnswer(0xfe, READ_RAM, writeModbusWords([712]))],
    tricks: [hexBytes("fe04"), hexBytes("fe0408"), modbusRequest(0xfe, 4, 0, 4)],
    falseFrames: 2,
    neverWrong: false,
  });
});
