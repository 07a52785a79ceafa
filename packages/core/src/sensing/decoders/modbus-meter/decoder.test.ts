import { describe, expect, test } from "vitest";
import type { DecodeEvent } from "../../decoder.ts";
import { modbusAnswer, modbusRequest } from "../../framing/modbus.ts";
import { writeModbusFloats } from "../../simulate/modbus.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { hexBytes, join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createModbusMeterDecoder } from "./decoder.ts";
import { METER_PROFILES } from "./profiles.ts";

// Synthetic messages, written from MODBUS Application Protocol V1.1b3 and Eastron's and Chint's register tables.
const answer = (values: readonly number[], unit = 1, fn = 4) => modbusAnswer(unit, fn, writeModbusFloats(values));
const ask = (register: number, floats: number, unit = 1, fn = 4) => modbusRequest(unit, fn, register, floats * 2);
const VOLTS = join(ask(0x00, 1), answer([230.2]));
const ENERGY = join(ask(0x46, 3), answer([50.01, 1234.567, 89.012]));

const decode = (stream: Uint8Array, variant?: string): DecodeEvent[] =>
  decodeInChunks(createModbusMeterDecoder(variant === undefined ? {} : { variant }), stream, 4096);
const readingsOf = (stream: Uint8Array, variant?: string) => readingTexts(framesOf(decode(stream, variant))[0]);

/** What a decoder says when it was told of the request instead of hearing it. */
function readingsAfter(request: Uint8Array, reply: Uint8Array, variant?: string): string[] {
  const decoder = createModbusMeterDecoder(variant === undefined ? {} : { variant });
  decoder.sent?.(request);
  return readingTexts(framesOf([...decoder.push(reply), ...decoder.flush()])[0]);
}

describe("Modbus meter decoder", () => {
  test("reads the registers that were asked for, whether the request was written here or heard on the line", () => {
    expect(readingsAfter(ask(0x00, 1), answer([230.2]))).toEqual(["voltage 230.2 V"]);
    expect(readingsOf(ENERGY)).toEqual([
      "frequency 50.01 Hz",
      "energy_import 1234.567 kW.h",
      "energy_export 89.012 kW.h",
    ]);
    expect(framesOf(decode(ENERGY))[0]?.raw).toEqual({
      unit: 1,
      function: 4,
      "0x0046": 50.01,
      "0x0048": 1234.567,
      "0x004A": 89.012,
    });
  });

  test("takes the echo of a half-duplex adapter for what it is", () => {
    const events = decode(VOLTS);
    expect(refusalsOf(events)).toEqual([[0, 8, "SENSING_FRAME_NOT_A_READING"]]);
    expect(framesOf(events).map(({ offset, length }) => [offset, length])).toEqual([[8, 9]]);
  });

  test("passes over the null bytes that a floating RS-485 line adds around a message", () => {
    const events = decode(join([0], ask(0x00, 1), [0, 0], answer([230.2]), [0]));
    expect(readingTexts(framesOf(events)[0])).toEqual(["voltage 230.2 V"]);
    expect(refusalsOf(events).map(([offset, length]) => [offset, length])).toEqual([
      [0, 1],
      [1, 8],
      [9, 2],
      [20, 1],
    ]);
  });

  test("reads three phases and their total of an SDM630", () => {
    const values = [230, 231, 232, 1.5, 2.5, 3.5, 345, -577, 812];
    expect(readingsOf(join(ask(0x00, 9), answer(values)), "sdm630")).toEqual([
      "voltage/l1 230 V",
      "voltage/l2 231 V",
      "voltage/l3 232 V",
      "current/l1 1.5 A",
      "current/l2 2.5 A",
      "current/l3 3.5 A",
      "power/l1 345 W",
      "power/l2 -577 W",
      "power/l3 812 W",
    ]);
    expect(readingsOf(join(ask(0x34, 1), answer([580])), "sdm630")).toEqual(["power 580 W"]);
    expect(readingsOf(join(ask(0x15a, 1), answer([7.5])), "sdm630")).toEqual(["energy_import/l1 7.5 kW.h"]);
  });

  test("reads a DDSU666 in kW from its holding registers", () => {
    const values = [229.9, 4.2, 0.9655, 0.12];
    expect(readingsOf(join(ask(0x2000, 4, 1, 3), answer(values, 1, 3)), "ddsu666")).toEqual([
      "voltage 229.9 V",
      "current 4.2 A",
      "power 965.5 W",
      "reactive_power 120 var",
    ]);
  });

  test("learns the serial number and puts it on every later answer of that meter", () => {
    const serial = join(modbusRequest(1, 3, 0xfc00, 2), modbusAnswer(1, 3, hexBytes("00bc614e")));
    const events = decode(join(serial, VOLTS));
    expect(framesOf(events).map(({ identity }) => identity)).toEqual(["12345678"]);
  });

  test("keeps the meters on one line apart", () => {
    const second = join(ask(0x00, 1, 2), answer([229], 2));
    expect(readingsOf(second)).toEqual(["voltage/u2 229 V"]);
    expect(readingsOf(second, "sdm120@2")).toEqual(["voltage 229 V"]);
    expect(framesOf(decode(VOLTS, "sdm120@2"))).toEqual([]);
  });

  test("does not pretend to know an answer whose request it has not seen", () => {
    expect(readingsOf(answer([230.2]))).toEqual(["voltage 230.2 V !estimated"]);
    expect(readingsOf(answer([50]))).toEqual(["unknown/float_1 50 1"]);
    expect(readingsOf(answer([230.2, 5]))).toEqual(["unknown/float_1 230.2 1", "unknown/float_2 5 1"]);
    expect(readingsAfter(ask(0x00, 1, 2), answer([50]))).toEqual(["unknown/float_1 50 1"]);
  });

  test("makes no reading of what is not a number, and none of registers without a meaning", () => {
    expect(readingsOf(join(ask(0x00, 1), modbusAnswer(1, 4, hexBytes("7fc00000"))))).toEqual([]);
    expect(readingsOf(join(ask(0x24, 1), answer([12])))).toEqual([]);
  });

  test("refuses an exception as no reading, and a wrong checksum as damage", () => {
    expect(refusalsOf(decode(hexBytes("01 84 02 C2 C1")))).toEqual([[0, 5, "SENSING_FRAME_NOT_A_READING"]]);
    expect(refusalsOf(decode(answer([230.2]).with(8, 0)))[0]).toEqual([0, 9, "SENSING_FRAME_CHECKSUM"]);
    expect(refusalsOf(decode(answer([230.2]).subarray(0, 5)))).toEqual([[0, 5, "SENSING_FRAME_PARTIAL"]]);
  });

  test("names every register once, and asks for no more than 80 registers at a time", () => {
    for (const { registers, blocks } of METER_PROFILES) {
      expect(new Set(registers.map(({ address }) => address)).size).toBe(registers.length);
      expect(new Set(registers.map(({ name }) => name)).size).toBe(registers.length);
      const places = registers.filter(({ quantity }) => quantity !== undefined);
      expect(new Set(places.map(({ quantity, channel }) => `${quantity}/${channel}`)).size).toBe(places.length);
      for (const [, count] of blocks) expect(count).toBeLessThanOrEqual(80);
      for (const { address } of places) {
        expect(blocks.some(([first, count]) => address >= first && address + 2 <= first + count)).toBe(true);
      }
    }
  });

  testDecoderPromises({
    create: createModbusMeterDecoder,
    frames: [VOLTS, ENERGY],
    tricks: [answer([1, 2, 3]), ask(0, 1), hexBytes("0104fa"), hexBytes("000104"), hexBytes("0184")],
    falseFrames: 2,
    neverWrong: false,
  });
});
