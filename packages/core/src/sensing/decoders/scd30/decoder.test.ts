import { describe, expect, test } from "vitest";
import { modbusAnswer, modbusRequest } from "../../framing/modbus.ts";
import { writeModbusFloats, writeModbusWords } from "../../simulate/modbus.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { hexBytes, join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createScd30Decoder } from "./decoder.ts";

// Synthetic messages, written from Sensirion's SCD30 Interface Description V0.94, §1.4.
const answer = (...values: number[]) => modbusAnswer(0x61, 3, writeModbusFloats(values));
const GOOD = answer(439.095, 27.238, 48.807);
const decode = (stream: Uint8Array) => decodeInChunks(createScd30Decoder(), stream, 4096);
const readingsOf = (stream: Uint8Array) => readingTexts(framesOf(decode(stream))[0]);

describe("SCD30 decoder", () => {
  test("reads CO2, temperature and humidity", () => {
    expect(readingsOf(GOOD)).toEqual(["co2 439.095 [ppm]", "temperature 27.238 Cel", "humidity 48.807 %"]);
  });

  test("marks everything while CO2 is 0, because nothing has been measured yet", () => {
    const [frame] = framesOf(decode(answer(0, 0, 0)));
    for (const { quality } of frame?.readings ?? []) expect(quality).toContain("warming_up");
  });

  test("leaves out what is not a number", () => {
    expect(readingsOf(modbusAnswer(0x61, 3, hexBytes("43db8c2e7fc000004243 3a1b")))).toEqual([
      "co2 439.0952 [ppm]",
      "humidity 48.80674 %",
    ]);
  });

  test("takes neither its own requests nor other answers and devices for a measurement", () => {
    const ready = modbusAnswer(0x61, 3, writeModbusWords([1]));
    const other = modbusAnswer(0x62, 3, writeModbusFloats([400, 20, 50]));
    const events = decode(join(modbusRequest(0x61, 3, 0x28, 6), GOOD, ready, other));
    expect(framesOf(events).map(({ offset }) => offset)).toEqual([8]);
    expect(refusalsOf(events).map(([, , code]) => code)).toEqual(Array(3).fill("SENSING_FRAME_NOT_A_READING"));
  });

  testDecoderPromises({
    create: createScd30Decoder,
    frames: [GOOD, answer(800.5, -3.25, 60)],
    tricks: [hexBytes("6103"), hexBytes("61030c"), modbusRequest(0x61, 3, 0x28, 6)],
    falseFrames: 0,
  });
});
